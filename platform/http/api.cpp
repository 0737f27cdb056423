#include "platform/http/api.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <exception>

#include "platform/catalog/catalog.hpp"
#include "platform/domain/device_rules.hpp"
#include "platform/http/bound_answers.hpp"
#include "platform/http/error.hpp"
#include "platform/http/secrets.hpp"

namespace anju::platform {
namespace {

constexpr std::string_view kBase = "/api/v1";

AuditEntry audit_entry(const Route& route, const Call& call) {
  AuditEntry entry;
  entry.at = call.now;
  // What is done in an organisation that was entered stands in that one's log.
  if (call.caller.user.organisation != 0) entry.organisation = call.caller.scope().organisation;
  entry.who = call.bound ? "bound user " + std::to_string(call.bound->user.id) : call.caller.user.login;
  entry.address = call.request.address;
  entry.action = route.operation_id;
  for (const auto& [name, value] : call.parameters)
    (entry.object += entry.object.empty() ? "" : " ") += std::string(name) + " " + value;
  return entry;
}

/// What uses a thing, in words of people; such a row, or the whole of it, is named by `where` of Errc::in_use.
std::string used_by(std::string_view where) {
  struct Word {
    std::string_view where, text;
  };
  // Beside the lists of the catalogue. The first two stay for ever.
  static constexpr std::array kWords{
      Word{"audit", "the audit log names it for ever, so it stays; disable it instead"},
      Word{"removed-communities", "communities of it were removed and stay in the books, so it stays, too; disable it instead"},
      Word{"meters", "meters"},           Word{"removed-meters", "meters that were removed"}, Word{"gateways", "gateways"},
      Word{"price-plans", "price plans"}, Word{"prepaid", "prepaid management"},              Word{"alarms", "alarms"},
      Word{"releases", "releases of the gateways' program"},
  };
  const auto word = std::find_if(kWords.begin(), kWords.end(), [&](const Word& one) { return one.where == where; });
  if (word != kWords.end() && word < kWords.begin() + 2) return std::string(word->text);
  const auto* list = catalog::find(where);
  const std::string_view what = list != nullptr ? list->label.en : word != kWords.end() ? word->text : "something else";
  return "it is still used by: " + std::string(what) + "; change or delete those first";
}

/// Refusals that would let a stranger fill the audit log, or that say nothing about anybody.
bool worth_an_audit_row(const Response& response, bool unsafe) {
  if (response.code == "unauthenticated" || response.audit.unwanted) return false;
  if (response.code == "audit_unavailable") return true;  // its row is the next try to write one
  if (response.status == 423 || response.status == 429 || response.status == 503) return false;
  return unsafe || response.audit.wanted || response.status == 403;
}

}  // namespace

std::string_view Call::parameter(std::string_view name) const {
  for (const auto& [key, value] : parameters)
    if (key == name) return value;
  return {};
}

std::int64_t Call::number(std::string_view name) const {
  const std::string_view text = parameter(name);
  std::int64_t value = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
  return failed == std::errc{} && end == text.data() + text.size() && value > 0 ? value : 0;
}

Api::Api(Ports ports, Executors run, AuthRules rules)
    : ports_(std::move(ports)),
      run_(std::move(run)),
      auth_(ports_.users, run_, rules),
      bound_(ports_.bound, run_, rules.code, rules.own_change, rules.secure_cookie),
      audit_(ports_.users, run_) {}

void Api::handle(Request request, Reply reply) {
  const std::string_view path = request.path;
  const auto found = path.starts_with(kBase) ? match(request.method, path.substr(kBase.size())) : std::nullopt;
  if (!found) return reply(refuse(Refusal::not_found, "there is no such endpoint"));

  const Route& route = *found->route;
  Call call{std::move(request), found->parameters, {}, ports_.now(), {}, route.resource, route.permission, route.report, {}};
  if (route.permission == "public") return dispatch(route, std::move(call), std::move(reply));
  if (route.permission == kBoundPermission) return handle_bound(route, std::move(call), std::move(reply));

  const std::string token = call.request.session_token;
  const base::UtcMillis now = call.now;
  auto admitted = [this, &route, call = std::move(call), reply](std::optional<Caller> caller) mutable {
    if (!caller) return reply(refuse(Refusal::unauthenticated));
    call.caller = std::move(*caller);
    dispatch(route, std::move(call), reply);
  };
  auth_.authenticate(token, now, std::move(admitted));
}

void Api::handle_bound(const Route& route, Call call, Reply reply) {
  const std::string token = call.request.bound_token;
  const base::UtcMillis now = call.now;
  auto admitted = [this, &route, call = std::move(call), reply](const BoundAccess::Found& found) mutable {
    if (!found) return reply(refuse(Refusal::busy));
    if (!*found) return reply(refuse(Refusal::unauthenticated, "scan the code of a meter first"));
    call.bound = **found;
    dispatch(route, std::move(call), reply);
  };
  bound_.authenticate(token, now, std::move(admitted));
}

void Api::dispatch(const Route& route, Call call, Reply reply) {
  call.audit = audit_entry(route, call);
  reply = audited(call, std::move(reply));
  const bool of_staff = route.permission != "public" && !call.bound;
  if ((of_staff || call.bound) && is_unsafe(call.request.method) &&
      !same_secret(call.request.csrf_token, call.bound ? call.bound->csrf_token : call.caller.session.csrf_token))
    return reply(refuse(Refusal::bad_csrf));
  if (of_staff && call.caller.user.must_change_password && !route.before_password_change)
    return reply(refuse(Refusal::password_change_required));
  if (of_staff && !call.caller.may(route.permission))
    return reply(refuse(Refusal::forbidden, "your account lacks the permission " + std::string(route.permission)));
  if (is_unsafe(call.request.method) && !audit_.healthy()) return reply(refuse(Refusal::audit_unavailable));
  if (call.bound && is_unsafe(call.request.method))
    if (const auto wait = bound_.change_wait(call.bound->user.id, call.now); wait.value > 0) return reply(too_often(wait));
  try {
    route.handle(call, *this, reply);
  } catch (const std::exception& failure) {
    ports_.log(std::string(route.operation_id) + " threw: " + failure.what());
    reply(refuse(Refusal::internal));
  }
}

Reply Api::audited(const Call& call, Reply reply) {
  const bool unsafe = is_unsafe(call.request.method), resident = call.bound.has_value();
  return [this, entry = call.audit, unsafe, resident, reply = std::move(reply)](Response response) {
    // Anybody with a code is a bound user: what he is refused he could repeat without end. The exception is the try to write a row again.
    if (resident && !response.code.empty() && response.code != "audit_unavailable") response.audit.unwanted = true;
    auto back_on_loop = [this, entry, unsafe, reply, response = std::move(response)]() mutable {
      if (response.audit.stored || !worth_an_audit_row(response, unsafe)) return reply(std::move(response));
      AuditEntry row = entry;
      if (!response.audit.who.empty()) row.who = response.audit.who;
      if (response.audit.organisation != 0) row.organisation = response.audit.organisation;
      row.detail = response.audit.detail;
      row.result = response.code.empty() ? "ok" : response.code;
      auto written = [this, reply, response = std::move(response)](bool stored) {
        if (!stored) ports_.log("an audit row could not be written; nothing is changed until one can");
        reply(response);
      };
      audit_.append(std::move(row), std::move(written));
    };
    run_.loop(std::move(back_on_loop));
  };
}

void Api::admit(const Request& request, std::function<void(std::optional<Caller>)> then) {
  auto check = [then = std::move(then)](std::optional<Caller> caller) {
    if (caller && caller->user.must_change_password) caller.reset();
    then(std::move(caller));
  };
  auth_.authenticate(request.session_token, ports_.now(), std::move(check));
}

void Api::read(Reply reply, std::function<Response(Queries&)> question) {
  auto ask = [this, reply, question = std::move(question)] {
    try {
      Response response = question(ports_.queries);
      if (!response.fault.empty()) ports_.log("a query failed: " + response.fault);
      reply(std::move(response));
    } catch (const std::exception& failure) {
      ports_.log(std::string("a query threw: ") + failure.what());
      reply(refuse(Refusal::internal));
    }
  };
  if (!run_.reads(std::move(ask))) reply(refuse(Refusal::busy));
}

void Api::submit(const Call& call, decltype(Order::what) what, std::string detail, Reply reply,
                 std::function<void(const Answer&, Reply)> then) {
  Order order{call.caller.scope(), call.caller.user.login, call.now, std::move(what), call.audit};
  order.audit->detail = detail;
  // Looking at momentary values changes nothing, and an open page asks once a minute.
  if (const auto* asked = std::get_if<OrderCommand>(&order.what); asked != nullptr && asked->ask == Ask::live) order.audit.reset();
  auto answered = [this, detail = std::move(detail), reply = std::move(reply), then = std::move(then)](Outcome outcome) {
    const bool stored = outcome.has_value();
    Reply noted = [reply, detail, stored](Response response) {
      response.audit.detail = detail;
      response.audit.stored = stored;
      reply(std::move(response));
    };
    auto go_on = [noted = std::move(noted), then, outcome = std::move(outcome)] {
      if (!outcome) return noted(refuse(outcome.error()));
      then(*outcome, noted);
    };
    run_.loop(std::move(go_on));
  };
  ports_.desk.submit(std::move(order), std::move(answered));
}

void Api::change(const Call& call, std::string detail, Reply reply,
                 std::function<base::Result<std::int64_t>(catalog::Records&, const AuditEntry&)> work,
                 std::function<Response(std::int64_t)> then) {
  AuditEntry row = call.audit;
  row.detail = detail;
  const bool rights = call.resource == nullptr || call.resource->group == "organisation";
  auto ask = [this, rights, row = std::move(row), detail = std::move(detail), reply, work = std::move(work), then = std::move(then)] {
    try {
      const auto done = work(ports_.records, row);
      // First, so that whoever sees the answer sees its effect.
      if (done && rights) run_.loop([this] { auth_.rights_changed(); });
      Response response = done ? then(*done) : refuse(done.error());
      if (!done && done.error().is(Errc::store_failed)) ports_.log("a change failed: " + done.error().where);
      response.audit.detail = detail;
      response.audit.stored = done.has_value();
      reply(std::move(response));
    } catch (const std::exception& failure) {
      ports_.log(std::string("a change threw: ") + failure.what());
      reply(refuse(Refusal::internal));
    }
  };
  if (!run_.store(std::move(ask))) reply(refuse(Refusal::busy));
}

void Api::with_password(Reply reply, std::string password, std::function<void(std::string hash)> then) {
  auto work = [this, reply, password = std::move(password), cost = auth_.rules().password_cost, then = std::move(then)] {
    std::string hash = hash_password(password, cost);
    run_.loop([reply, hash = std::move(hash), then] {
      if (hash.empty()) return reply(refuse(Refusal::busy));
      then(hash);
    });
  };
  if (!run_.passwords(std::move(work))) reply(refuse(Refusal::busy, "too many passwords at once; try again", {}, 1));
}

Response refuse(const base::Error& error) {
  if (error.is(Errc::not_found))
    return refuse(Refusal::not_found, "there is no such " + error.where + " here", error.where);
  if (const auto rule = device_rule(error.where); error.is(Errc::bad_field) && !rule.empty())
    return refuse(Refusal::bad_field, error.where + " " + std::string(rule), error.where);
  if (error.is(Errc::bad_field))
    return refuse(Refusal::bad_field, error.where + " is out of range or contradicts another field", error.where);
  if (error.is(Errc::conflict) && error.where.empty()) return refuse(Refusal::conflict);
  if (error.is(Errc::conflict) && error.where == "register_at")
    return refuse(Refusal::conflict, "another register has counted since; load the meter again and reckon the step from last_reading", error.where);
  if (error.is(Errc::conflict) && error.where == "opening")
    return refuse(Refusal::conflict, "the account is another household's than was seen, or nobody's, or somebody has it already; look at it again", error.where);
  if (error.is(Errc::conflict)) return refuse(Refusal::conflict, error.where + " is there already, or was decided meanwhile", error.where);
  if (error.is(Errc::key_reused)) return refuse(Refusal::key_reused);
  if (error.is(Errc::not_cancellable)) return refuse(Refusal::not_cancellable);
  if (error.is(Errc::not_dispatched)) return refuse(Refusal::not_dispatched);
  if (error.is(Errc::needs_confirmation)) return refuse(Refusal::needs_confirmation);
  if (error.is(Errc::no_valve)) return refuse(Refusal::no_valve);
  if (error.is(Errc::not_for_kind)) return refuse(Refusal::not_for_kind);
  if (error.is(Errc::backward)) return refuse(Refusal::bad_field, "is below the newest register; was the meter replaced or cleared?", "last");
  if (error.is(Errc::impossible_jump)) return refuse(Refusal::bad_field, "is more than the meter can have counted since its newest register", "last");
  if (error.is(Errc::tariffs_exceed_total)) return refuse(Refusal::bad_field, "the four registers grew by more than the total", "last");
  if (error.is(Errc::keep_power_on)) return refuse(Refusal::keep_power_on);
  if (error.is(Errc::too_many))
    return refuse(Refusal::limit_reached, "the limit of " + error.where + " is reached");
  if (error.is(Errc::has_history) && error.where == "opening") return refuse(Refusal::has_history, "somebody has its account; settle and close it first (销户)", "opening");
  if (error.is(Errc::has_history) && error.where == "balance") return refuse(Refusal::has_history, "its balance is not zero; settle it first (结算)", "balance");
  if (error.is(Errc::has_history)) return refuse(Refusal::has_history, "it is cut off by an order of ours; release it first", error.where);
  if (error.is(Errc::not_clearable)) return refuse(Refusal::not_clearable);
  if (error.is(Errc::in_use))
    return refuse(Refusal::in_use, used_by(error.where), error.where);
  if (error.is(Errc::beyond_rights))
    return refuse(Refusal::beyond_own_rights, "this would reach further than your own rights and sites: " + error.where, error.where);
  if (error.is(Errc::last_administrator)) return refuse(Refusal::last_administrator);
  if (error.is(Errc::own_account)) return refuse(Refusal::own_account);
  if (error.is(Errc::disabled))
    return refuse(Refusal::disabled, error.where + " refers to something disabled; enable that or choose another", error.where);
  return refuse(Refusal::busy);
}

}  // namespace anju::platform
