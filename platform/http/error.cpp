#include "platform/http/error.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace anju::platform {

std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::unauthenticated: return "unauthenticated";
    case Refusal::wrong_credentials: return "wrong_credentials";
    case Refusal::forbidden: return "forbidden";
    case Refusal::beyond_own_rights: return "beyond_own_rights";
    case Refusal::bad_csrf: return "bad_csrf";
    case Refusal::password_change_required: return "password_change_required";
    case Refusal::not_found: return "not_found";
    case Refusal::not_json: return "not_json";
    case Refusal::bad_field: return "bad_field";
    case Refusal::conflict: return "conflict";
    case Refusal::key_reused: return "key_reused";
    case Refusal::not_cancellable: return "not_cancellable";
    case Refusal::not_dispatched: return "not_dispatched";
    case Refusal::needs_confirmation: return "needs_confirmation";
    case Refusal::no_valve: return "no_valve";
    case Refusal::not_for_kind: return "not_for_kind";
    case Refusal::keep_power_on: return "keep_power_on";
    case Refusal::limit_reached: return "limit_reached";
    case Refusal::has_history: return "has_history";
    case Refusal::not_clearable: return "not_clearable";
    case Refusal::in_use: return "in_use";
    case Refusal::disabled: return "disabled";
    case Refusal::last_administrator: return "last_administrator";
    case Refusal::own_account: return "own_account";
    case Refusal::not_a_release: return "not_a_release";
    case Refusal::wrong_product: return "wrong_product";
    case Refusal::damaged: return "damaged";
    case Refusal::untrusted: return "untrusted";
    case Refusal::wrong_architecture: return "wrong_architecture";
    case Refusal::not_newer: return "not_newer";
    case Refusal::too_old: return "too_old";
    case Refusal::no_public_url: return "no_public_url";
    case Refusal::too_large: return "too_large";
    case Refusal::locked: return "locked";
    case Refusal::too_many: return "too_many";
    case Refusal::busy: return "busy";
    case Refusal::audit_unavailable: return "audit_unavailable";
    case Refusal::internal: return "internal";
  }
  return "internal";
}

int status_of(Refusal refusal) {
  switch (refusal) {
    case Refusal::unauthenticated:
    case Refusal::wrong_credentials: return 401;
    case Refusal::forbidden:
    case Refusal::beyond_own_rights:
    case Refusal::bad_csrf:
    case Refusal::password_change_required: return 403;
    case Refusal::not_found: return 404;
    case Refusal::not_json:
    case Refusal::bad_field:
    case Refusal::not_a_release:
    case Refusal::wrong_product:
    case Refusal::damaged:
    case Refusal::untrusted: return 400;
    case Refusal::conflict:
    case Refusal::key_reused:
    case Refusal::not_cancellable:
    case Refusal::not_dispatched:
    case Refusal::needs_confirmation:
    case Refusal::no_valve:
    case Refusal::not_for_kind:
    case Refusal::keep_power_on:
    case Refusal::limit_reached:
    case Refusal::has_history:
    case Refusal::not_clearable:
    case Refusal::in_use:
    case Refusal::disabled:
    case Refusal::last_administrator:
    case Refusal::own_account:
    case Refusal::wrong_architecture:
    case Refusal::not_newer:
    case Refusal::too_old:
    case Refusal::no_public_url: return 409;
    case Refusal::too_large: return 413;
    case Refusal::locked: return 423;
    case Refusal::too_many: return 429;
    case Refusal::busy:
    case Refusal::audit_unavailable: return 503;
    case Refusal::internal: return 500;
  }
  return 500;
}

Response refuse(Refusal refusal, std::string_view message, std::string_view field,
                std::optional<std::int64_t> retry_after_s) {
  boost::json::object error;
  error["code"] = to_string(refusal);
  if (!field.empty()) error["field"] = field;
  error["message"] = message;
  if (retry_after_s) error["retry_after_s"] = *retry_after_s;

  Response response;
  response.status = status_of(refusal);
  response.code = std::string(to_string(refusal));
  response.body = boost::json::serialize(error);
  if (retry_after_s) response.headers.emplace_back("Retry-After", std::to_string(*retry_after_s));
  return response;
}

Response refuse(Refusal refusal) {
  switch (refusal) {
    case Refusal::unauthenticated: return refuse(refusal, "log in first");
    case Refusal::wrong_credentials: return refuse(refusal, "user or password is wrong");
    case Refusal::forbidden: return refuse(refusal, "your account lacks the permission for this");
    case Refusal::beyond_own_rights: return refuse(refusal, "this reaches further than your own rights and sites");
    case Refusal::bad_csrf: return refuse(refusal, "send the session's csrf_token as X-CSRF-Token");
    case Refusal::password_change_required: return refuse(refusal, "change the drawn password first");
    case Refusal::not_found: return refuse(refusal, "there is no such thing here");
    case Refusal::not_json: return refuse(refusal, "send one JSON object with Content-Type application/json");
    case Refusal::bad_field: return refuse(refusal, "a field is wrong");
    case Refusal::conflict: return refuse(refusal, "this contradicts what is there; load it again");
    case Refusal::key_reused: return refuse(refusal, "this id was used for something else; make a new one", "id");
    case Refusal::not_cancellable: return refuse(refusal, "the command was sent already or has ended");
    case Refusal::not_dispatched: return refuse(refusal, "this meter was not sent to its gateway; dispatch it first (下发)");
    case Refusal::needs_confirmation: return refuse(refusal, "a household has this meter's account, and it would not be read any more; say confirmed to do it all the same");
    case Refusal::no_valve: return refuse(refusal, "this meter has no valve: it cannot cut off");
    case Refusal::not_for_kind: return refuse(refusal, "this kind of meter has no such function");
    case Refusal::keep_power_on: return refuse(refusal, "the meter is under keep-power (保电); release that first");
    case Refusal::limit_reached: return refuse(refusal, "no more of them fit here; use another gateway");
    case Refusal::has_history:
      return refuse(refusal, "something was booked for this meter, or it is cut off by an order of ours, so it stays");
    case Refusal::not_clearable: return refuse(refusal, "this alarm goes by itself when its cause does; mend that");
    case Refusal::in_use: return refuse(refusal, "other rows refer to it; change or delete those first");
    case Refusal::disabled: return refuse(refusal, "what it refers to is disabled; enable that or choose another");
    case Refusal::last_administrator:
      return refuse(refusal, "nobody would be left who may everything here; make somebody else an administrator first");
    case Refusal::own_account: return refuse(refusal, "nobody does this to his own account; ask another administrator");
    case Refusal::not_a_release: return refuse(refusal, "this file is no release of a gateway; scripts/release makes one", "file");
    case Refusal::wrong_product: return refuse(refusal, "this is a release of another program", "file");
    case Refusal::damaged: return refuse(refusal, "the program in it is not the one that was signed; fetch the file anew", "file");
    case Refusal::untrusted: return refuse(refusal, "none of the keys of [releases] keys in platform.toml has signed it", "file");
    case Refusal::wrong_architecture: return refuse(refusal, "the gateway has another processor; choose the release that is made for it", "release");
    case Refusal::not_newer: return refuse(refusal, "the gateway runs this version or a later one already", "release");
    case Refusal::too_old: return refuse(refusal, "what the gateway runs is too old for this release; order one in between first", "release");
    case Refusal::no_public_url:
      return refuse(refusal, "gateways do not know where to fetch it: set public_url in [http] of platform.toml, such as \"https://anju.example.com\"");
    case Refusal::too_large: return refuse(refusal, "the body is larger than this may be");
    case Refusal::locked: return refuse(refusal, "too many wrong passwords; wait", {}, 1);
    case Refusal::too_many: return refuse(refusal, "too many requests; wait", {}, 1);
    case Refusal::busy: return refuse(refusal, "the platform is busy; nothing was changed, try again");
    case Refusal::audit_unavailable:
      return refuse(refusal, "the audit log cannot be written, so nothing is changed; tell the operator");
    case Refusal::internal: return refuse(refusal, "an error of the platform; it was logged");
  }
  return refuse(Refusal::internal, "an error of the platform");
}

}  // namespace anju::platform
