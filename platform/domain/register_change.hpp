#pragma once

// The register of a meter goes on somewhere else than where it stood: somebody cleared it (清零), put another meter in its place (换表), or
// read it by hand (抄表录入). Append-only; each is made once by its key. Energy is never lost between two of them: what lies between
// the newest register and `last` is billed like a reading.

#include <cstdint>
#include <string>
#include <string_view>

#include "platform/domain/household.hpp"

namespace anju::platform {

enum class RegisterChangeKind : std::uint8_t {
  clear,    ///< the device set its registers to zero by an order of ours, and was read afterwards
  replace,  ///< `last` is the old meter's, `next` the new one's
  typed,    ///< a person has read it; `next` is `last`
};
inline constexpr int kRegisterChangeKinds = 3;
[[nodiscard]] std::string_view to_string(RegisterChangeKind kind);

struct RegisterChange {
  std::int64_t id = 0;
  Owner owner;
  std::string key;  ///< of a clear: the order's
  std::int64_t meter = 0;
  RegisterChangeKind kind = RegisterChangeKind::typed;
  RegisterStand last, next;           ///< both at the same moment
  base::Quantity billed;              ///< from the register before it up to `last`
  std::int64_t transfer = 0;          ///< what was deducted for it, 0: nothing
  /// That it was billed at in the end, 0: nothing was. Of a clearing: in force then; 0: from before 2026-11, when the use of the month and year that steps
  /// count over did not end with the month or year before a clearing.
  std::int64_t plan_version = 0;
  std::int64_t newest_reading = 0;    ///< of the meter at that moment: its place among the readings
  std::int64_t decision = 0;          ///< newest of all decisions then: its place among them
  std::int64_t known_version = 0, known_meter_plan = 0;  ///< newest of all then
  base::UtcMillis at;                 ///< when it was decided
  std::string note, by;
};

/// The yearly fee was paid (年费): it goes through the meter's account to the revenue and leaves the balance as it was.
struct FeePayment {
  std::int64_t id = 0;
  Owner owner;
  std::string key;
  std::int64_t meter = 0;
  std::int64_t years = 1;
  base::Money amount;
  std::int32_t paid_from = 0, paid_until = 0;  ///< days of the site's calendar
  PayMethod method = PayMethod::cash;
  std::int64_t received = 0, passed_on = 0;    ///< transfers: to the account, and on to the revenue; 0: it cost nothing
  base::UtcMillis at;
  std::string note, by;
};

[[nodiscard]] inline StoredDocument document_of(const RegisterChange& row) { return {DocumentKind::register_change, row.id, row.meter, {}}; }
[[nodiscard]] inline StoredDocument document_of(const FeePayment& row) { return {DocumentKind::fee, row.id, row.meter, row.amount}; }

}  // namespace anju::platform
