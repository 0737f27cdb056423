#pragma once

// What a master asks: one struct per function, and their way into a frame and back. The gateway builds, the simulator decodes.
// SER is the master's: it counts up with every request, and the meter repeats it. Source: meters.md 2.1, 2.2.

#include <cstdint>
#include <variant>

#include "protocols/base/bytes.hpp"
#include "protocols/base/money.hpp"
#include "protocols/cjt188/data_id.hpp"
#include "protocols/cjt188/frame.hpp"
#include "protocols/cjt188/function.hpp"
#include "protocols/cjt188/options.hpp"

namespace anju::cjt188 {

struct ReadData {
  DataId di = kMetering;
  bool operator==(const ReadData&) const = default;
};

/// Who is there? To the wildcard; with one meter on the line only.
struct ReadAddress {
  bool operator==(const ReadAddress&) const = default;
};

/// One of the device's codes (options.hpp); the byte itself, because vendors have more than two.
struct Valve {
  std::uint8_t code = kValveOpen;
  bool operator==(const Valve&) const = default;
};

/// Any other parameter; never A017, which is Valve.
struct WriteData {
  DataId di;
  base::Bytes value;
  bool operator==(const WriteData&) const = default;
};

/// What the register is set to. The source knows "4 BCD bytes and one more byte"; that the one more is the unit (2C), as behind every
/// register, is from memory.
struct WriteBase {
  base::Quantity base;
  bool operator==(const WriteBase&) const = default;
};

struct WriteAddress {
  Address address;
  bool operator==(const WriteAddress&) const = default;
};

/// Named only.
struct ReadKeyVersion {
  DataId di;
  bool operator==(const ReadKeyVersion&) const = default;
};

using Request = std::variant<ReadData, ReadAddress, Valve, WriteData, WriteBase, WriteAddress, ReadKeyVersion>;

[[nodiscard]] Function function_of(const Request& request);
[[nodiscard]] DataId di_of(const Request& request);

/// Of the options T and the byte order travel. Errors: bad_address (the new address is the wildcard); bad_length (a write above
/// kMaxWriteData); unknown_identifier (A017 as WriteData); out_of_range (a base value that does not fit).
[[nodiscard]] base::Result<Frame> make_request(const Options& options, const Address& address, std::uint8_t ser, const Request& request);

struct ReceivedRequest {
  std::uint8_t ser = 0;
  Request request;
  bool operator==(const ReceivedRequest&) const = default;
};

/// Errors: unknown_function (also a frame that comes from a meter); bad_length (L does not fit the function); unknown_identifier (not that
/// of the function, which is also what the other byte order looks like); bad_address; not_bcd, no_value, unknown_unit, unexpected_unit.
[[nodiscard]] base::Result<ReceivedRequest> decode_request(const Frame& frame, DiOrder order);

}  // namespace anju::cjt188
