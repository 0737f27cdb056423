#pragma once

// What the REST interface refuses, and how a refusal looks: `Error` of openapi.json. Knows neither sockets nor
// handlers.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/message.hpp"

namespace anju::platform {

enum class Refusal {
  unauthenticated,           ///< 401: no session, or it ended
  wrong_credentials,         ///< 401: user or password is wrong; never says which
  forbidden,                 ///< 403: the user lacks the endpoint's permission
  beyond_own_rights,         ///< 403: it would grant, or change, more than the caller's own rights and sites; `field` says what
  bad_csrf,                  ///< 403: X-CSRF-Token or Origin does not fit the session
  password_change_required,  ///< 403: the drawn password must be changed first
  not_found,                 ///< 404: no such thing in the caller's organisation
  not_json,                  ///< 400: the body is no JSON object
  bad_field,                 ///< 400: `field` breaks the rule that the message states
  conflict,                  ///< 409: it contradicts what is there
  key_reused,                ///< 409: the idempotency key was used for something else
  not_cancellable,           ///< 409: the command was sent already, or has ended
  not_dispatched,            ///< 409: the meter was not sent to its gateway (数据下发)
  needs_confirmation,        ///< 409: the same again with `confirmed`; the message says what it means
  no_valve,                  ///< 409: the meter cannot cut off
  not_for_kind,              ///< 409: this kind of meter has no such function
  keep_power_on,             ///< 409: the meter is under keep-power (保电)
  limit_reached,             ///< 409: no more of them fit here
  has_history,               ///< 409: something was booked for the meter, or it is cut off by an order of ours
  not_clearable,             ///< 409: the alarm goes by itself when its cause does
  in_use,                    ///< 409: `field` names the resource whose rows refer to it
  disabled,                  ///< 409: what `field` refers to is disabled
  last_administrator,        ///< 409: nobody of the organisation would be left who may everything
  own_account,               ///< 409: nobody disables, deletes or demotes himself
  not_a_release,             ///< 400: the file is no release, or its manifest cannot be read
  wrong_product,             ///< 400: a release of another program
  damaged,                   ///< 400: the program in it is not the one that was signed
  untrusted,                 ///< 400: none of the platform's release keys has signed it
  wrong_architecture,        ///< 409: the gateway has another processor
  not_newer,                 ///< 409: the gateway runs this version, or a later one
  too_old,                   ///< 409: what the gateway runs is below the least version that the release can follow
  no_public_url,             ///< 409: platform.toml does not say how gateways reach the platform
  too_large,                 ///< 413: more than the body limit
  locked,                    ///< 423: too many wrong passwords; retry_after_s says how long
  too_many,                  ///< 429: this client asks for more than its share
  busy,                      ///< 503: a queue is full or the store does not answer; nothing was changed
  audit_unavailable,         ///< 503: the audit log cannot be written, so nothing is changed
  internal,                  ///< 500: a bug; logged
};

[[nodiscard]] std::string_view to_string(Refusal refusal);
[[nodiscard]] int status_of(Refusal refusal);

/// message: English, what is wrong and what to do. field: as in the request, may be empty.
[[nodiscard]] Response refuse(Refusal refusal, std::string_view message, std::string_view field = {},
                              std::optional<std::int64_t> retry_after_s = {});

/// The usual sentence of refusals that need no detail.
[[nodiscard]] Response refuse(Refusal refusal);

}  // namespace anju::platform
