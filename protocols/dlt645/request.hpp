#pragma once

// What a master asks of a meter: one struct per function, and their way into a frame and back. The gateway builds, the
// simulator decodes. Knows no identifier's meaning and no device profile. Source: meters.md 1.2, 1.3, 1.8.

#include <array>
#include <cstdint>
#include <optional>
#include <variant>

#include "protocols/base/bytes.hpp"
#include "protocols/base/time.hpp"
#include "protocols/dlt645/data_id.hpp"
#include "protocols/dlt645/frame.hpp"
#include "protocols/dlt645/function.hpp"
#include "protocols/dlt645/relay.hpp"

namespace anju::dlt645 {

inline constexpr std::size_t kMaxWriteData = 50;  ///< L of a write

/// Who asks: access level PA and password P0..P2, operator code C0..C3 (which the meter logs), all in wire order.
struct Authority {
  std::uint8_t access_level = 0x02;
  std::array<std::uint8_t, 3> password{};
  std::array<std::uint8_t, 4> operator_code{};
  bool operator==(const Authority&) const = default;

  /// From the texts of a device profile: two, six and eight hex digits in wire order. Error: out_of_range names the
  /// field.
  [[nodiscard]] static base::Result<Authority> parse(std::string_view access_level, std::string_view password,
                                                     std::string_view operator_code);
};

/// Sets the clock of every meter that hears it (broadcast address) or of one; a meter never answers it.
struct BroadcastTime {
  base::CivilTime time;
  bool operator==(const BroadcastTime&) const = default;
};

/// Load curves only: how many blocks (1..99) and from which minute on.
struct LoadCurve {
  int blocks = 1;
  std::optional<base::CivilTime> from;
  bool operator==(const LoadCurve&) const = default;
};

struct ReadData {
  DataId di;
  std::optional<LoadCurve> load_curve;  ///< 2007 only
  bool operator==(const ReadData&) const = default;
};

/// The next frame of a block that did not fit into one reply.
struct ReadFollowUp {
  DataId di;
  std::uint8_t seq = 1;  ///< from 1; does not travel in 1997
  bool operator==(const ReadFollowUp&) const = default;
};

/// To kWildcard, with only one meter on the line.
struct ReadAddress {
  bool operator==(const ReadAddress&) const = default;
};

struct WriteData {
  DataId di;
  std::optional<Authority> authority;  ///< 2007: always; 1997: never, what the model wants lies in `value`
  base::Bytes value;                   ///< wire order, as encode_value gives it
  bool operator==(const WriteData&) const = default;
};

/// Needs the programming key of the meter.
struct WriteAddress {
  Address address;
  bool operator==(const WriteAddress&) const = default;
};

/// Each field as a number, or nullopt for "any" (99 on the wire): monthly, daily, hourly or at once.
struct Freeze {
  std::optional<int> month, day, hour, minute;
  bool operator==(const Freeze&) const = default;
};

struct ChangeBaud {
  std::uint8_t word = 0x08;  ///< 2007: see baud.hpp
  bool operator==(const ChangeBaud&) const = default;
};

struct ChangePassword {
  DataId di;  ///< the password's identifier; does not travel in 1997
  std::uint8_t old_level = 0x02;
  std::array<std::uint8_t, 3> old_password{};
  std::uint8_t new_level = 0x02;
  std::array<std::uint8_t, 3> new_password{};
  bool operator==(const ChangePassword&) const = default;
};

struct ClearDemand {
  std::optional<Authority> authority;  ///< 2007: always; 1997: never
  bool operator==(const ClearDemand&) const = default;
};

struct ClearMeter {
  Authority authority;
  bool operator==(const ClearMeter&) const = default;
};

inline constexpr DataId kAllEvents{.value = 0xFFFFFFFF, .edition = Edition::y2007};

struct ClearEvents {
  Authority authority;
  DataId which = kAllEvents;
  bool operator==(const ClearEvents&) const = default;
};

/// Relay, alarm and keep-power. With a valid-until the long form (L = 10H) is sent, without one the short form of old
/// meters (L = 09). A valid-until in the meter's past makes the meter refuse.
struct RelayControl {
  Authority authority;
  RelayAction action = RelayAction::trip;
  std::uint8_t n2 = 0x00;  ///< reserved; one fleet sends 01. Travels in the long form only
  std::optional<base::CivilTime> valid_until;
  bool operator==(const RelayControl&) const = default;
};

/// Named only: the content belongs to the meter's security module.
struct Security {
  base::Bytes data;
  bool operator==(const Security&) const = default;
};

using Request = std::variant<BroadcastTime, ReadData, ReadFollowUp, ReadAddress, WriteData, WriteAddress, Freeze,
                             ChangeBaud, ChangePassword, ClearDemand, ClearMeter, ClearEvents, RelayControl, Security>;

[[nodiscard]] Function function_of(const Request& request);

/// Errors: unknown_function (this edition has none for it), unknown_identifier (an identifier of the other edition),
/// bad_time, bad_address (a new address that is not exact), bad_length (a write above kMaxWriteData), out_of_range.
[[nodiscard]] base::Result<Frame> make_request(Edition edition, const Address& address, const Request& request);

struct ReceivedRequest {
  Edition edition = Edition::y2007;
  Request request;
  bool operator==(const ReceivedRequest&) const = default;
};

/// Errors: unknown_function (also a frame that comes from a meter), bad_length (L does not fit the function; a two-byte
/// identifier under the control code of 2007 is neither edition), bad_time, not_bcd, bad_address, out_of_range (N1).
[[nodiscard]] base::Result<ReceivedRequest> decode_request(const Frame& frame);

}  // namespace anju::dlt645
