#include "protocols/dlt645/function.hpp"

#include <array>
#include <string>

#include "protocols/base/bytes.hpp"

namespace anju::dlt645 {
namespace {

struct Row {
  Function function;
  std::uint8_t code;
};

constexpr std::array k2007{
    Row{Function::security, 0x03},        Row{Function::broadcast_time, 0x08}, Row{Function::read_data, 0x11},
    Row{Function::read_follow_up, 0x12},  Row{Function::read_address, 0x13},   Row{Function::write_data, 0x14},
    Row{Function::write_address, 0x15},   Row{Function::freeze, 0x16},         Row{Function::change_baud, 0x17},
    Row{Function::change_password, 0x18}, Row{Function::clear_demand, 0x19},   Row{Function::clear_meter, 0x1A},
    Row{Function::clear_events, 0x1B},    Row{Function::relay_control, 0x1C},
};

constexpr std::array k1997{
    Row{Function::read_data, 0x01},       Row{Function::read_follow_up, 0x02}, Row{Function::write_data, 0x04},
    Row{Function::broadcast_time, 0x08},  Row{Function::write_address, 0x0A},  Row{Function::change_baud, 0x0C},
    Row{Function::change_password, 0x0F}, Row{Function::clear_demand, 0x10},
};

}  // namespace

std::string_view to_string(Function function) {
  switch (function) {
    case Function::security: return "security";
    case Function::broadcast_time: return "broadcast_time";
    case Function::read_data: return "read_data";
    case Function::read_follow_up: return "read_follow_up";
    case Function::read_address: return "read_address";
    case Function::write_data: return "write_data";
    case Function::write_address: return "write_address";
    case Function::freeze: return "freeze";
    case Function::change_baud: return "change_baud";
    case Function::change_password: return "change_password";
    case Function::clear_demand: return "clear_demand";
    case Function::clear_meter: return "clear_meter";
    case Function::clear_events: return "clear_events";
    case Function::relay_control: return "relay_control";
  }
  return "unknown";
}

base::Result<Control> parse_control(std::uint8_t control) {
  const std::byte byte{control};
  const auto unknown = [&] { return base::fail(Errc::unknown_function, "control " + base::to_hex({&byte, 1})); };
  Control parsed{.from_meter = (control & kFromMeter) != 0,
                 .error = (control & kErrorReply) != 0,
                 .more = (control & kMoreFollows) != 0};
  if (!parsed.from_meter && (parsed.error || parsed.more)) return unknown();
  if (parsed.error && parsed.more) return unknown();
  const auto code = static_cast<std::uint8_t>(control & kCodeMask);
  for (const Row& row : k2007) {
    if (row.code == code) {
      parsed.function = row.function;
      return parsed;
    }
  }
  for (const Row& row : k1997) {
    if (row.code == code) {
      parsed.edition = Edition::y1997;
      parsed.function = row.function;
      return parsed;
    }
  }
  return unknown();
}

base::Result<std::uint8_t> code_of(Edition edition, Function function) {
  if (edition == Edition::y2007) {
    for (const Row& row : k2007) {
      if (row.function == function) return row.code;
    }
  } else {
    for (const Row& row : k1997) {
      if (row.function == function) return row.code;
    }
  }
  return base::fail(Errc::unknown_function,
                    std::string(to_string(edition)) + " has no " + std::string(to_string(function)));
}

}  // namespace anju::dlt645
