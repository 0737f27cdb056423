#include "protocols/cjt188/options.hpp"

#include <array>
#include <string>

namespace anju::cjt188 {
namespace {

template <class Enum, std::size_t N>
base::Result<Enum> parse_name(std::string_view text, const char* field, const std::array<Enum, N>& all) {
  std::string names;
  for (const Enum value : all) {
    if (to_string(value) == text) return value;
    names += (names.empty() ? "" : ", ") + std::string(to_string(value));
  }
  return base::fail(Errc::out_of_range, std::string(field) + ": " + std::string(text.substr(0, 40)) + ", there is " + names);
}

base::Result<std::uint8_t> parse_byte(std::string_view text, const char* field) {
  const auto bytes = base::from_hex(text);
  if (text.size() != 2 || !bytes || bytes->size() != 1) {
    return base::fail(Errc::out_of_range, std::string(field) + ": " + std::string(text.substr(0, 40)) + ", two hex digits are wanted");
  }
  return base::to_u8(bytes->front());
}

}  // namespace

std::string_view to_string(AckForm form) {
  switch (form) {
    case AckForm::any: return "any";
    case AckForm::with_status: return "with_status";
    case AckForm::bare: return "bare";
  }
  return "unknown";
}

base::Result<DiOrder> parse_di_order(std::string_view text) {
  return parse_name(text, "di_order", std::array{DiOrder::high_byte_first, DiOrder::low_byte_first});
}

base::Result<StatusMap> parse_status_map(std::string_view text) {
  return parse_name(text, "status_map", std::array{StatusMap::none, StatusMap::closed_01, StatusMap::closed_10, StatusMap::high_bits});
}

base::Result<AckForm> parse_ack_form(std::string_view text) {
  return parse_name(text, "ack", std::array{AckForm::any, AckForm::with_status, AckForm::bare});
}

base::Result<std::uint8_t> parse_meter_type(std::string_view text) {
  const auto type = parse_byte(text, "meter_type");
  if (!type) return type;
  if (*type != kAnyType && (*type < 0x10 || *type > 0x49)) {
    return base::fail(Errc::out_of_range, "meter_type: " + std::string(text) + ", there is 10 to 49 and AA");
  }
  return type;
}

base::Result<std::uint8_t> parse_valve_code(std::string_view text) {
  return parse_byte(text, "valve code");
}

base::Result<> check(const Options& options) {
  if (options.valve_open == options.valve_close) return base::fail(Errc::out_of_range, "valve_open and valve_close are the same code");
  return {};
}

}  // namespace anju::cjt188
