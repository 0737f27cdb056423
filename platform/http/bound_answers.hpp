#pragma once

// The one way handlers change something of bound users, and how a binding's people and codes are shown.

#include <functional>
#include <string>
#include <utility>

#include "platform/domain/bound_users.hpp"
#include "platform/domain/errc.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/api.hpp"

namespace anju::platform {

/// To a bound user who changes things faster than a person does.
inline Response too_often(base::Millis wait) { return refuse(Refusal::too_many, "too many changes; wait", {}, (wait.value + 999) / 1000); }

/// work(desk, audit row) on the store thread, then `then`(what it made) on it, too.
template <class Made>
void change_bound(const Call& call, Api& api, std::string detail, Reply reply, std::function<base::Result<Made>(BoundDesk&, const AuditEntry&)> work,
                  std::function<Response(const Made&)> then) {
  AuditEntry row = call.audit;
  row.detail = detail;
  auto ask = [&api, row = std::move(row), detail = std::move(detail), reply, work = std::move(work), then = std::move(then)] {
    const auto done = work(api.ports().bound, row);
    Response response = done ? then(*done) : refuse(done.error());
    if (!done && done.error().is(Errc::store_failed)) api.ports().log("a change failed: " + done.error().where);
    response.audit.detail = detail;
    response.audit.stored = done.has_value();
    reply(std::move(response));
  };
  if (!api.run().store(std::move(ask))) reply(refuse(Refusal::busy));
}

/// For changes that answer nothing.
inline void change_bound(const Call& call, Api& api, Reply reply, std::function<base::Result<>(BoundDesk&, const AuditEntry&)> work) {
  auto done = [work = std::move(work)](BoundDesk& desk, const AuditEntry& audit) -> base::Result<bool> {
    if (auto changed = work(desk, audit); !changed) return base::pass(changed);
    return true;
  };
  change_bound<bool>(call, api, {}, std::move(reply), std::move(done), [](const bool&) {
    Response response;
    response.status = 204;
    return response;
  });
}

}  // namespace anju::platform
