#include "protocols/modbus/value.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "protocols/base/decimal.hpp"

namespace anju::modbus {
namespace {

__extension__ using uint128 = unsigned __int128;

enum class Kind { without_sign, with_sign, floating, bcd };

struct Row {
  Type type;
  std::string_view name;
  std::size_t registers;
  Kind kind;
};
constexpr std::array kRows{
    Row{Type::u16, "u16", 1, Kind::without_sign}, Row{Type::i16, "i16", 1, Kind::with_sign},         Row{Type::u32, "u32", 2, Kind::without_sign},
    Row{Type::i32, "i32", 2, Kind::with_sign},    Row{Type::u48, "u48", 3, Kind::without_sign},      Row{Type::u64, "u64", 4, Kind::without_sign},
    Row{Type::i64, "i64", 4, Kind::with_sign},    Row{Type::float32, "float32", 2, Kind::floating}, Row{Type::float64, "float64", 4, Kind::floating},
    Row{Type::bcd16, "bcd16", 1, Kind::bcd},      Row{Type::bcd32, "bcd32", 2, Kind::bcd},
};
constexpr std::array<std::string_view, 4> kOrders{"ABCD", "BADC", "CDAB", "DCBA"};

static_assert(std::ranges::all_of(kRows, [](const Row& row) { return &row == &kRows[static_cast<std::size_t>(row.type)]; }), "rows in the order of Type");

const Row& row_of(Type type) { return kRows[static_cast<std::size_t>(type)]; }

struct Ieee {
  unsigned fraction_bits;
  unsigned exponent_bits;
  [[nodiscard]] constexpr int bias() const { return (1 << (exponent_bits - 1)) - 1; }
  [[nodiscard]] constexpr unsigned all_ones() const { return (1U << exponent_bits) - 1; }
};
constexpr Ieee kBinary32{23, 8}, kBinary64{52, 11};

const Ieee& ieee_of(Type type) { return type == Type::float32 ? kBinary32 : kBinary64; }

bool swaps_bytes(Order order) { return order == Order::badc || order == Order::dcba; }
bool reverses_words(Order order) { return order == Order::cdab || order == Order::dcba; }
std::uint16_t swapped(std::uint16_t word) { return static_cast<std::uint16_t>(word << 8 | word >> 8); }

std::uint64_t bits_of(Order order, std::span<const std::uint16_t> registers) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < registers.size(); ++i) {
    const std::uint16_t word = registers[reverses_words(order) ? registers.size() - 1 - i : i];
    bits = bits << 16 | (swaps_bytes(order) ? swapped(word) : word);
  }
  return bits;
}

std::vector<std::uint16_t> registers_from(Order order, std::size_t count, std::uint64_t bits) {
  std::vector<std::uint16_t> registers(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto word = static_cast<std::uint16_t>(bits >> (16 * (count - 1 - i)) & 0xFFFF);
    registers[reverses_words(order) ? count - 1 - i : i] = swaps_bytes(order) ? swapped(word) : word;
  }
  return registers;
}

base::Result<Exact> floating(const Ieee& ieee, std::uint64_t bits) {
  const bool negative = (bits >> (ieee.fraction_bits + ieee.exponent_bits)) != 0;
  const auto raised = static_cast<unsigned>(bits >> ieee.fraction_bits & ieee.all_ones());
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << ieee.fraction_bits) - 1);
  if (raised == ieee.all_ones()) return base::fail(Errc::not_a_number, fraction == 0 ? "infinity" : "not a number");
  const std::uint64_t mantissa = raised == 0 ? fraction : fraction | std::uint64_t{1} << ieee.fraction_bits;
  if (mantissa == 0) return Exact{};  // there is no -0 among numbers
  const int exponent = static_cast<int>(raised == 0 ? 1 : raised) - ieee.bias() - static_cast<int>(ieee.fraction_bits);
  return Exact{.negative = negative, .mantissa = mantissa, .exponent = exponent};
}

base::Result<Exact> decimal(std::uint64_t bits, std::size_t digits) {
  std::uint64_t value = 0;
  for (std::size_t i = digits; i-- > 0;) {
    const std::uint64_t digit = bits >> (4 * i) & 0xF;
    if (digit > 9) return base::fail(Errc::not_bcd);
    value = value * 10 + digit;
  }
  return Exact{.mantissa = value};
}

Exact with_sign(std::uint64_t bits, std::size_t width) {
  const bool negative = (bits >> (width - 1)) != 0;
  const std::uint64_t mask = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
  return {.negative = negative, .mantissa = negative ? (~bits + 1) & mask : bits, .exponent = 0};
}

unsigned width_of(uint128 value) {
  const auto high = static_cast<std::uint64_t>(value >> 64);
  return high != 0 ? 64 + static_cast<unsigned>(std::bit_width(high)) : static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(value)));
}

/// top / bottom to the nearest, halves up.
uint128 divided(uint128 top, uint128 bottom) {
  const uint128 rest = top % bottom;
  return top / bottom + (rest >= bottom - rest ? 1 : 0);
}

/// The bits of value / scale (at most 2^63, at least 10^-9, or 0) to the nearest, ties to even.
std::uint64_t ieee_bits(const Ieee& ieee, std::uint64_t value, std::uint64_t scale) {
  if (value == 0) return 0;
  // As many bits as fit: a scale takes 30 of them, so at least 94 are left; what is cut off below only has to be known as zero or not.
  const unsigned shift = 124 - width_of(value);
  const uint128 top = uint128{value} << shift;
  uint128 quotient = top / scale << 1 | (top % scale != 0 ? 1 : 0);
  const unsigned width = width_of(quotient), keep = ieee.fraction_bits + 1;
  int exponent = -static_cast<int>(shift) - 1;
  const unsigned drop = width - keep;
  const uint128 rest = quotient & ((uint128{1} << drop) - 1), half = uint128{1} << (drop - 1);
  quotient >>= drop;
  if (rest > half || (rest == half && (quotient & 1) != 0)) ++quotient;
  exponent += static_cast<int>(drop);
  if (width_of(quotient) > keep) {
    quotient >>= 1;
    ++exponent;
  }
  const auto raised = static_cast<std::uint64_t>(exponent + ieee.bias() + static_cast<int>(ieee.fraction_bits));
  const std::uint64_t hidden = std::uint64_t{1} << ieee.fraction_bits;
  return raised << ieee.fraction_bits | (static_cast<std::uint64_t>(quotient) & (hidden - 1));
}

base::Result<std::uint64_t> integer_bits(const Row& row, bool negative, std::uint64_t magnitude) {
  const std::size_t width = row.registers * 16;
  if (row.kind == Kind::bcd) {
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < row.registers * 4; ++i, magnitude /= 10) bits |= magnitude % 10 << (4 * i);
    if (negative || magnitude != 0) return base::fail(Errc::out_of_range, std::string(row.name));
    return bits;
  }
  if (negative && row.kind == Kind::without_sign) return base::fail(Errc::out_of_range, "negative in " + std::string(row.name));
  const std::size_t room = row.kind == Kind::with_sign ? width - 1 : width;
  const std::uint64_t most = room == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << room) - 1;
  if (magnitude > most + (negative ? 1 : 0)) return base::fail(Errc::out_of_range, std::string(row.name));
  const std::uint64_t mask = width == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << width) - 1;
  return (negative ? ~magnitude + 1 : magnitude) & mask;
}

}  // namespace

std::string_view to_string(Type type) { return row_of(type).name; }
std::string_view to_string(Order order) { return kOrders[static_cast<std::size_t>(order)]; }

std::optional<Type> type_of(std::string_view text) {
  const auto row = std::ranges::find(kRows, text, &Row::name);
  return row == kRows.end() ? std::nullopt : std::optional(row->type);
}

std::optional<Order> order_of(std::string_view text) {
  const auto name = std::ranges::find(kOrders, text);
  return name == kOrders.end() ? std::nullopt : std::optional(static_cast<Order>(name - kOrders.begin()));
}

std::size_t registers_of(Type type) { return row_of(type).registers; }

base::Result<Exact> decode_exact(Type type, Order order, std::span<const std::uint16_t> registers) {
  const Row& row = row_of(type);
  if (registers.size() != row.registers) {
    return base::fail(Errc::unexpected_length, std::to_string(registers.size()) + " registers for " + std::string(row.name));
  }
  const std::uint64_t bits = bits_of(order, registers);
  switch (row.kind) {
    case Kind::without_sign: break;
    case Kind::with_sign: return with_sign(bits, row.registers * 16);
    case Kind::floating: return floating(ieee_of(type), bits);
    case Kind::bcd: return decimal(bits, row.registers * 4);
  }
  return Exact{.mantissa = bits};
}

base::Result<std::int64_t> scaled(const Exact& number, Ratio ratio) {
  if (ratio.numerator < 1 || ratio.numerator > kMostNumerator || ratio.denominator < 1 || ratio.denominator > kMostDenominator) {
    return base::fail(Errc::out_of_range, "ratio");
  }
  constexpr unsigned kRoom = 126;
  uint128 top = uint128{number.mantissa} * static_cast<std::uint64_t>(ratio.numerator);  // 64 + 40 bits
  uint128 bottom = static_cast<std::uint64_t>(ratio.denominator);                        // 30 bits
  const auto shift = static_cast<unsigned>(number.exponent < 0 ? -number.exponent : number.exponent);
  if (top == 0) return 0;
  if (number.exponent >= 0) {
    if (width_of(top) + shift > kRoom) return base::fail(Errc::out_of_range, "too large");
    top <<= shift;
  } else {
    if (width_of(bottom) + shift > kRoom) return 0;  // top has 104 bits: less than half
    bottom <<= shift;
  }
  const uint128 result = divided(top, bottom);
  if (result > static_cast<std::uint64_t>(base::kMaxDecimal)) return base::fail(Errc::out_of_range, "too large");
  const auto magnitude = static_cast<std::int64_t>(result);
  return number.negative ? -magnitude : magnitude;
}

base::Result<std::int64_t> decode_value(Type type, Order order, std::span<const std::uint16_t> registers, Ratio ratio) {
  const auto number = decode_exact(type, order, registers);
  if (!number) return base::pass(number);
  return scaled(*number, ratio);
}

base::Result<std::vector<std::uint16_t>> encode_value(Type type, Order order, std::int64_t value, std::int64_t scale) {
  const Row& row = row_of(type);
  if (scale < 1 || scale > kMostDenominator) return base::fail(Errc::out_of_range, "scale");
  const bool negative = value < 0;
  const std::uint64_t magnitude = negative ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
  const auto divisor = static_cast<std::uint64_t>(scale);
  if (row.kind == Kind::floating) {
    const Ieee& ieee = ieee_of(type);
    const std::uint64_t sign = negative ? std::uint64_t{1} << (ieee.fraction_bits + ieee.exponent_bits) : 0;
    return registers_from(order, row.registers, sign | ieee_bits(ieee, magnitude, divisor));
  }
  if (magnitude % divisor != 0) return base::fail(Errc::out_of_range, "more digits than the register has");
  const auto bits = integer_bits(row, negative, magnitude / divisor);
  if (!bits) return base::pass(bits);
  return registers_from(order, row.registers, *bits);
}

}  // namespace anju::modbus
