#pragma once

// A frame told to a person; keys are those of tests/data/modbus.json.

#include "protocols/base/bytes.hpp"
#include "protocols/base/explanation.hpp"
#include "protocols/modbus/message.hpp"
#include "protocols/modbus/tcp.hpp"

namespace anju::modbus {

using base::Explanation;
using base::Fact;
using base::FactValue;

/// Explains the first RTU frame in these bytes, noise included; total over any bytes. Request and reply look alike: `direction` is "master",
/// "device", or "either" where the bytes fit both (an answer to 05 and 06 repeats the request); then the facts of the request are told. A frame of a
/// function we do not speak is told, with a remark, when it is all the bytes there are and its CRC is right.
[[nodiscard]] Explanation explain(base::ByteView bytes);

/// The same with the request known, as in a line's trace: registers are told with their addresses.
[[nodiscard]] Explanation explain_reply(base::ByteView bytes, const Frame& request);

/// One Modbus TCP message, from its header on.
[[nodiscard]] Explanation explain_tcp(base::ByteView bytes);

/// What came back on a Modbus TCP connection, with the question known: answers to earlier questions, which go by their transaction, are counted
/// (`late_answers`) and passed by; registers are told with their addresses. Where nothing answers this question: need_more, or what tcp::find refuses.
[[nodiscard]] Explanation explain_tcp_reply(base::ByteView bytes, const tcp::Message& request);

}  // namespace anju::modbus
