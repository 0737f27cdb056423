#pragma once

// One question of a scan and what was heard of it, for every protocol of a line: who is asked, which bytes that is, and what the bytes that came say.
// Asks harmless reads only. Source: shared reference meters.md 7.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/core/framing.hpp"
#include "gateway/core/line_uri.hpp"
#include "protocols/base/bytes.hpp"
#include "protocols/base/money.hpp"
#include "protocols/base/time.hpp"
#include "protocols/cjt188/frame.hpp"
#include "protocols/modbus/request.hpp"

namespace anju::gateway {

/// What differs so much that a meter of one does not hear questions in another.
enum class Dialect : std::uint8_t { dlt645_2007, dlt645_1997, cjt188_high_first, cjt188_low_first, modbus };

/// "dlt645-2007", "dlt645-1997", "cjt188", "modbus": as a device's profile names it.
[[nodiscard]] std::string_view to_string(Dialect dialect);
[[nodiscard]] constexpr bool is_dlt645(Dialect dialect) { return dialect == Dialect::dlt645_2007 || dialect == Dialect::dlt645_1997; }
[[nodiscard]] constexpr bool is_cjt188(Dialect dialect) { return dialect == Dialect::cjt188_high_first || dialect == Dialect::cjt188_low_first; }
/// Bytes of an address: 6, 7, or the unit's 1.
[[nodiscard]] constexpr std::size_t address_bytes(Dialect dialect) { return is_dlt645(dialect) ? 6 : is_cjt188(dialect) ? 7 : 1; }

/// All that is asked in one dialect and one format of characters.
struct Root {
  Dialect dialect = Dialect::dlt645_2007;
  SerialFormat format;
  std::uint8_t meter_type = cjt188::kColdWater;  ///< T of CJ/T188; AA asks any
  bool operator==(const Root&) const = default;
};

/// In wire order; AA where nothing is given. Of Modbus the first is the unit.
using ScanAddress = std::array<std::uint8_t, 7>;
inline constexpr ScanAddress kEverybody{0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA, 0xAA};

/// "000000000161", "78330011223344", "17".
[[nodiscard]] std::string text_of(Dialect dialect, const ScanAddress& address);

struct Probe {
  Root root;
  bool read_address = false;  ///< 13H of DL/T645, 03 of CJ/T188; otherwise the total is read
  bool status = false;        ///< the contact is read instead: status word 3 of DL/T645-2007
  modbus::Read read{modbus::Function::read_holding_registers, 0, 1};  ///< of Modbus
  ScanAddress address = kEverybody;
  std::size_t digits = 0;  ///< address bytes that are given
  /// How long after the request's last bit an answer may begin. Whoever asks one meter alone need not listen further once it has answered.
  base::Millis patience{};

  /// One meter is asked, not several.
  [[nodiscard]] bool is_exact() const { return digits == address_bytes(root.dialect); }
};

/// Fewer digits by one pair. probe: of at least one.
[[nodiscard]] Probe parent_of(Probe probe);
/// The same meters are asked, whatever for.
[[nodiscard]] bool same_branch(const Probe& a, const Probe& b);

/// What to send. It is a read in every case.
[[nodiscard]] LineFrame request_of(const Probe& probe);
/// With what wakes a meter up in front.
[[nodiscard]] base::Bytes bytes_of(const Probe& probe);
/// Whether bytes that came so far hold a whole frame of the dialect that was asked in.
[[nodiscard]] bool has_frame(const Probe& probe, base::ByteView bytes);
/// Whether they may be the beginning of one.
[[nodiscard]] bool may_go_on(const Probe& probe, base::ByteView bytes);

/// What was heard until all who may answer had their time.
struct Heard {
  std::vector<LineFrame> frames;  ///< whole ones from meters, in order; our own echo is left out
  std::size_t strays = 0;         ///< bytes that belong to none of them, FE aside
  std::size_t tail = 0;           ///< characters of the frame that everything ended with; 0: it did not end with one
  base::Millis last_byte;         ///< when the last byte came, after the request's last bit; 0: nothing came
};

/// Frames of the dialect that was asked in. Total over any bytes.
[[nodiscard]] Heard hear(const Probe& probe, base::ByteView bytes, base::Millis last_byte);

/// Who says what in an answer.
struct Said {
  ScanAddress address = kEverybody;
  Root root;  ///< as the probe's, with the real meter type
  std::optional<base::Quantity> total{};
  std::string state{};   ///< of the relay: "open", "closed" …; empty: it says nothing of that
  std::string status{};  ///< the status word of CJ/T188, which only a map of its maker explains
  bool fits = false;   ///< it is the answer to this question, not a late one to another
};

/// nullopt: no answer of this dialect, or one that names nobody.
[[nodiscard]] std::optional<Said> said_in(const Probe& probe, const LineFrame& frame);

}  // namespace anju::gateway
