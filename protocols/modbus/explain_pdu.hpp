#pragma once

// What stands in a PDU, as facts. Private to explain.cpp.

#include <optional>

#include "protocols/base/bytes.hpp"
#include "protocols/base/explanation.hpp"
#include "protocols/modbus/request.hpp"

namespace anju::modbus {

/// Facts from `function` on; what does not decode becomes a remark.
void explain_request(base::Explanation& out, base::ByteView pdu);

/// asked: the read this answers, when it is known; then bits and registers have addresses and their number is exact.
void explain_reply(base::Explanation& out, base::ByteView pdu, const std::optional<Read>& asked);

/// For a PDU of a function we do not speak.
void explain_unknown(base::Explanation& out, base::ByteView pdu);

}  // namespace anju::modbus
