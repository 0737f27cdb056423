#include "protocols/dlt645/value.hpp"

#include <algorithm>
#include <utility>

#include "protocols/base/decimal.hpp"
#include "protocols/dlt645/baud.hpp"
#include "protocols/dlt645/fields.hpp"

namespace anju::dlt645 {
namespace {

constexpr std::byte kSign{0x80};

bool all(base::ByteView bytes, std::byte b) {
  return std::ranges::all_of(bytes, [b](std::byte x) { return x == b; });
}

std::uint32_t binary(base::ByteView bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | base::to_u8(bytes[i]);
  return value;
}

base::Result<Item> decode_number(const Identifier& row, base::ByteView bytes) {
  base::Bytes magnitude = copy(bytes);
  const bool negative = row.is_signed && (magnitude.back() & kSign) != std::byte{0};
  if (negative) magnitude.back() &= ~kSign;
  const auto units = base::decode_bcd(magnitude);
  if (!units) return base::fail(Errc::not_bcd, base::to_hex(bytes));
  return Number{.units = negative ? -*units : *units, .decimals = row.decimals, .unit = row.unit};
}

base::Result<Item> decode_digits(base::ByteView bytes) {
  if (!base::decode_bcd(bytes)) return base::fail(Errc::not_bcd, base::to_hex(bytes));
  base::Bytes reading_order = copy(bytes);
  std::ranges::reverse(reading_order);
  return Digits{.text = base::to_hex(reading_order)};
}

template <class T>
base::Result<Item> as_item(base::Result<T> result) {
  if (!result) return base::pass(result);
  return Item(*std::move(result));
}

/// One item of a known row; the bytes are as long as the row says and not all FF.
base::Result<Item> decode_item(const Identifier& row, base::ByteView bytes) {
  switch (row.form) {
    case Form::number: return decode_number(row, bytes);
    case Form::digits: return decode_digits(bytes);
    case Form::day: return as_item(decode_day(bytes));
    case Form::time_of_day: return as_item(decode_time_of_day(bytes));
    case Form::minute: return as_item(decode_minute(bytes));
    case Form::moment: return as_item(decode_moment(bytes));
    case Form::word: return Word{.bits = binary(bytes), .bytes = bytes.size()};
    case Form::baud_word: {
      const auto rate = baud_of(base::to_u8(bytes[0]));
      if (!rate) return base::pass(rate);
      return BaudRate{.bits_per_second = *rate};
    }
    case Form::opaque: break;
  }
  return base::fail(Errc::unknown_identifier, row.first.text());
}

/// An event that never happened is written as a time of all zeros.
bool is_missing(const Identifier& row, base::ByteView bytes) {
  const bool is_time = row.form == Form::moment || row.form == Form::minute;
  return all(bytes, std::byte{0xFF}) || (is_time && all(bytes, std::byte{0}));
}

base::Result<const Identifier*> row_of(const DataId& di) {
  const Identifier* row = find_identifier(di);
  if (row == nullptr || row->form == Form::opaque) return base::fail(Errc::unknown_identifier, di.text());
  return row;
}

/// units in 10^-from as units in 10^-to. Error: out_of_range (digits would be lost, or do not fit).
base::Result<std::int64_t> rescaled(std::int64_t units, int from, int to) {
  for (; from < to; ++from) {
    if (__builtin_mul_overflow(units, std::int64_t{10}, &units)) return base::fail(Errc::out_of_range, "too large");
  }
  for (; from > to; --from) {
    if (units % 10 != 0) return base::fail(Errc::out_of_range, "more decimals than the identifier has");
    units /= 10;
  }
  return units;
}

base::Result<base::Bytes> encode_number(const Identifier& row, const Number& number) {
  if (number.unit != row.unit) return base::fail(Errc::out_of_range, "unit");
  const auto units = rescaled(number.units, number.decimals, row.decimals);
  if (!units) return base::pass(units);
  if (*units < 0 && !row.is_signed) return base::fail(Errc::out_of_range, "negative without a sign");
  if (*units < -base::kMaxDecimal) return base::fail(Errc::out_of_range, "too large");
  auto bytes = base::encode_bcd(*units < 0 ? -*units : *units, row.bytes);
  if (!bytes) return base::fail(Errc::out_of_range, "too many digits");
  if (row.is_signed) {
    if ((bytes->back() & kSign) != std::byte{0}) return base::fail(Errc::out_of_range, "the sign has taken this digit");
    if (*units < 0) bytes->back() |= kSign;
  }
  return bytes;
}

base::Result<base::Bytes> encode_digits(const Identifier& row, const Digits& digits) {
  auto bytes = base::from_hex(digits.text);
  if (!bytes || bytes->size() != row.bytes || !base::decode_bcd(*bytes))
    return base::fail(Errc::out_of_range, "digits");
  std::ranges::reverse(*bytes);
  return bytes;
}

base::Result<base::Bytes> encode_word(const Identifier& row, const Word& word) {
  base::Bytes bytes;
  for (std::size_t i = 0; i < row.bytes; ++i) put(bytes, static_cast<std::uint8_t>(word.bits >> (8 * i) & 0xFF));
  if (binary(bytes) != word.bits) return base::fail(Errc::out_of_range, "word");
  return bytes;
}

base::Result<base::Bytes> encode_item(const Identifier& row, const Item& item) {
  switch (row.form) {
    case Form::number:
      if (const auto* number = std::get_if<Number>(&item)) return encode_number(row, *number);
      break;
    case Form::digits:
      if (const auto* digits = std::get_if<Digits>(&item)) return encode_digits(row, *digits);
      break;
    case Form::day:
      if (const auto* day = std::get_if<CalendarDay>(&item)) return encode_day(*day);
      break;
    case Form::time_of_day:
      if (const auto* time = std::get_if<TimeOfDay>(&item)) return encode_time_of_day(*time);
      break;
    case Form::minute:
      if (const auto* minute = std::get_if<base::CivilTime>(&item)) return encode_minute(*minute);
      break;
    case Form::moment:
      if (const auto* moment = std::get_if<base::CivilTime>(&item)) return encode_moment(*moment);
      break;
    case Form::word:
      if (const auto* word = std::get_if<Word>(&item)) return encode_word(row, *word);
      break;
    case Form::baud_word:
      if (const auto* rate = std::get_if<BaudRate>(&item)) {
        const auto word = baud_word(rate->bits_per_second);
        if (!word) return base::pass(word);
        return base::Bytes{std::byte{*word}};
      }
      break;
    case Form::opaque: break;
  }
  return base::fail(Errc::out_of_range, "kind of item");
}

/// The units of a number of the asked unit in 10^-decimals.
base::Result<std::int64_t> units_of(const Number& number, Unit unit, int decimals) {
  if (number.unit != unit) return base::fail(Errc::out_of_range, "unit");
  return rescaled(number.units, number.decimals, decimals);
}

}  // namespace

std::string text_of(const Item& item) {
  if (const auto* number = std::get_if<Number>(&item)) {
    return base::format_decimal(number->units, number->decimals, number->decimals);
  }
  if (const auto* digits = std::get_if<Digits>(&item)) return digits->text;
  if (const auto* day = std::get_if<CalendarDay>(&item)) return text_of(*day);
  if (const auto* time = std::get_if<TimeOfDay>(&item)) return text_of(*time);
  if (const auto* moment = std::get_if<base::CivilTime>(&item)) return text_of(*moment);
  if (const auto* rate = std::get_if<BaudRate>(&item)) return std::to_string(rate->bits_per_second);
  const auto& word = std::get<Word>(item);
  base::Bytes bytes;
  for (std::size_t i = word.bytes; i-- > 0;) put(bytes, static_cast<std::uint8_t>(word.bits >> (8 * i) & 0xFF));
  return base::to_hex(bytes);
}

base::Result<Value> decode_value(const DataId& di, base::ByteView bytes) {
  const auto row = row_of(di);
  if (!row) return base::pass(row);
  const std::size_t item_size = (*row)->bytes;
  const std::size_t count = bytes.size() / item_size;
  if (bytes.size() % item_size != 0 || count < (*row)->min_items || count > (*row)->max_items) {
    return base::fail(Errc::unexpected_length,
                      base::to_hex(bytes) + ": " + std::to_string(bytes.size()) + " bytes for " + di.text());
  }
  Value value;
  bool any = false;
  for (std::size_t i = 0; i < count; ++i) {
    const base::ByteView one = bytes.subspan(i * item_size, item_size);
    if (is_missing(**row, one)) {
      value.items.emplace_back();
      continue;
    }
    auto item = decode_item(**row, one);
    if (!item) return base::pass(item);
    value.items.emplace_back(*std::move(item));
    any = true;
  }
  if (!any) return base::fail(Errc::no_value, di.text());
  return value;
}

base::Result<base::Bytes> encode_value(const DataId& di, const Value& value) {
  const auto row = row_of(di);
  if (!row) return base::pass(row);
  if (value.items.size() < (*row)->min_items || value.items.size() > (*row)->max_items) {
    return base::fail(Errc::unexpected_length, std::to_string(value.items.size()) + " items for " + di.text());
  }
  base::Bytes bytes;
  for (const auto& item : value.items) {
    if (!item) {
      bytes.insert(bytes.end(), (*row)->bytes, std::byte{0xFF});
      continue;
    }
    const auto encoded = encode_item(**row, *item);
    if (!encoded) return base::pass(encoded);
    put(bytes, base::ByteView(*encoded));
  }
  return bytes;
}

base::Result<base::Quantity> to_quantity(const Number& number) {
  return units_of(number, Unit::kwh, 4).map([](std::int64_t units) { return base::Quantity(units); });
}

base::Result<base::Money> to_money(const Number& number) {
  return units_of(number, Unit::yuan, 6).map([](std::int64_t units) { return base::Money(units); });
}

base::Result<base::Price> to_price(const Number& number) {
  return units_of(number, Unit::yuan_per_kwh, 5).map([](std::int64_t units) { return base::Price(units); });
}

}  // namespace anju::dlt645
