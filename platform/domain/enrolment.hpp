#pragma once

// 接入码: a box on site becomes a gateway by a code that works once. A port: the store implements it. Knows no code and no nonce, only
// their hashes; keys and passwords pass by it, none is kept here.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "platform/domain/audit.hpp"
#include "platform/domain/scope.hpp"
#include "protocols/base/result.hpp"
#include "protocols/base/time.hpp"

namespace anju::platform {

inline constexpr base::Millis kEnrolmentFor = base::hours(24);
/// So long the box that redeemed a code hears the same answer again, because on site answers are lost.
inline constexpr base::Millis kEnrolmentRepeats = base::minutes(10);

enum class EnrolmentState { open, expired, used, cancelled };
inline constexpr std::array<std::string_view, 4> kEnrolmentStates{"open", "expired", "used", "cancelled"};
[[nodiscard]] constexpr std::string_view to_string(EnrolmentState state) { return kEnrolmentStates[static_cast<std::size_t>(state)]; }

/// The newest code of a gateway.
struct EnrolmentRow {
  std::string by;
  base::UtcMillis created, expires;
  EnrolmentState state = EnrolmentState::open;
  std::optional<base::UtcMillis> ended;  ///< used or cancelled
  std::int64_t reused = 0;               ///< tries after it was used, by somebody else than the box that has used it
};

/// 吊销: the gateway's key is believed no longer, and its login at the broker is off.
struct Revocation {
  std::string by, note;
  base::UtcMillis at;
};

/// What a gateway is known by.
struct Credential {
  std::optional<EnrolmentRow> enrolment;  ///< nothing: it never had a code
  std::optional<Revocation> revocation;   ///< nothing: none, or a code was used since
};

enum class Redeemed {
  now,       ///< the key was replaced
  repeated,  ///< the same box within kEnrolmentRepeats: the key is as it was
  refused,   ///< it was used already; counted and noted
};

struct Redemption {
  Redeemed outcome = Redeemed::now;
  std::string site, gateway;  ///< codes
};

/// Any thread. Changes write their audit row in the same transaction, a redemption one of the gateway's organisation. Error: store_failed,
/// and what each says.
class EnrolmentDesk {
 public:
  virtual ~EnrolmentDesk() = default;

  /// Error: not_found (gateway).
  [[nodiscard]] virtual base::Result<Credential> newest(const Scope& scope, const std::string& gateway, base::UtcMillis now) = 0;
  /// The code before it opens nothing any more, nor does its box hear an answer again. Error: not_found (gateway).
  [[nodiscard]] virtual base::Result<> create(const Scope& scope, const std::string& gateway, const std::string& code_hash, const AuditEntry& audit) = 0;
  /// Error: not_found (gateway), (enrolment): there is none that is open.
  [[nodiscard]] virtual base::Result<> cancel(const Scope& scope, const std::string& gateway, const AuditEntry& audit) = 0;

  /// Takes the key away, and whatever code could bring another one or the same answer again. drop_key(gateway's code): durable when it returns,
  /// and before the row is; false: it could not. Killed in between, the key is gone and nobody is told who did it: whoever asks again writes
  /// that row. audit.at: now. Errors: not_found (gateway), store_failed.
  [[nodiscard]] virtual base::Result<> revoke(const Scope& scope, const std::string& gateway, const std::string& note,
                                              const std::function<bool(const std::string& gateway)>& drop_key, const AuditEntry& audit) = 0;

  /// replace_key(gateway's code): makes the new key durable, before the code counts as used; false: it could not. So whatever is killed in
  /// between, the box asks again and has a key that is the platform's. audit.at: now.
  /// Error: not_found (code): unknown, expired, cancelled or replaced, never says which.
  [[nodiscard]] virtual base::Result<Redemption> redeem(const std::string& code_hash, const std::string& nonce_hash,
                                                        const std::function<bool(const std::string& gateway)>& replace_key, const AuditEntry& audit) = 0;
};

}  // namespace anju::platform
