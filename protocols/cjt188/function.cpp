#include "protocols/cjt188/function.hpp"

#include "protocols/base/bytes.hpp"

namespace anju::cjt188 {

std::string_view to_string(Function function) {
  switch (function) {
    case Function::read_data: return "read_data";
    case Function::read_address: return "read_address";
    case Function::write: return "write";
    case Function::read_key_version: return "read_key_version";
    case Function::write_address: return "write_address";
    case Function::write_base: return "write_base";
  }
  return "unknown";
}

base::Result<Control> parse_control(std::uint8_t control) {
  const Control parsed{.function = static_cast<Function>(control & kCodeMask),
                       .from_meter = (control & kFromMeter) != 0,
                       .error = (control & kErrorReply) != 0};
  const bool known = to_string(parsed.function) != "unknown";
  if (!known || (parsed.error && !parsed.from_meter)) {
    const std::byte byte{control};
    return base::fail(Errc::unknown_function, "C " + base::to_hex({&byte, 1}));
  }
  return parsed;
}

}  // namespace anju::cjt188
