// What the gateway lives on: energy registers and the status word, over the general values.

#include <algorithm>

#include "protocols/dlt645/fields.hpp"
#include "protocols/dlt645/value.hpp"

namespace anju::dlt645 {
namespace {

constexpr int kQuantityDecimals = 4;

base::Result<base::Quantity> quantity_of(const std::optional<Item>& item) {
  if (!item) return base::fail(Errc::no_value, "energy");
  const auto* number = std::get_if<Number>(&*item);
  if (number == nullptr) return base::fail(Errc::out_of_range, "no energy");
  return to_quantity(*number);
}

}  // namespace

base::Result<EnergyRegisters> decode_energy(const DataId& di, base::ByteView bytes) {
  const auto value = decode_value(di, bytes);
  if (!value) return base::pass(value);
  const auto total = quantity_of(value->items[0]);
  if (!total) return base::pass(total);
  EnergyRegisters registers{.total = *total, .tariffs = {}};
  std::array<base::Quantity, 4> tariffs;
  if (value->items.size() <= tariffs.size()) return registers;
  for (std::size_t i = 0; i < tariffs.size(); ++i) {
    const auto tariff = quantity_of(value->items[i + 1]);
    if (!tariff) return registers;
    tariffs[i] = *tariff;
  }
  registers.tariffs = tariffs;
  return registers;
}

base::Result<base::Bytes> encode_energy(const DataId& di, std::span<const base::Quantity> registers) {
  const Identifier* row = find_identifier(di);
  if (row == nullptr) return base::fail(Errc::unknown_identifier, di.text());
  std::int64_t step = 1;  // the last digit of the meter in units of 10^-4
  for (int decimals = row->decimals; decimals < kQuantityDecimals; ++decimals) step *= 10;
  Value value;
  for (const base::Quantity& quantity : registers) {
    value.items.emplace_back(
        Number{.units = quantity.e4 / step * step, .decimals = kQuantityDecimals, .unit = Unit::kwh});
  }
  return encode_value(di, value);
}

base::Result<StatusWord3> decode_status_word_3(base::ByteView two) {
  const auto value = decode_value(kStatusWord3, two);
  if (!value) return base::pass(value);
  return parse_status_word_3(static_cast<std::uint16_t>(std::get<Word>(*value->items[0]).bits));
}

base::Bytes encode_status_word_3(const StatusWord3& status) {
  const std::uint16_t word = to_word(status);
  base::Bytes bytes;
  put(bytes, static_cast<std::uint8_t>(word & 0xFF));
  put(bytes, static_cast<std::uint8_t>(word >> 8));
  return bytes;
}

}  // namespace anju::dlt645
