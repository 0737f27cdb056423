// The download centre: one's own exports and imports, their progress and their files.

#include <boost/json/array.hpp>

#include "platform/http/answers.hpp"
#include "platform/http/export.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/job_answers.hpp"

namespace anju::platform {
namespace {

/// Finds the caller's job and lets `then` answer; blocking.
template <class Then>
Response with_job(Api& api, const JobOwner& owner, std::int64_t id, Then&& then) {
  const auto job = api.ports().jobs.store().find(owner, id);
  if (!job) return query_failed(job.error());
  if (!*job) return refuse(Refusal::not_found);
  return then(**job);
}

}  // namespace

void list_jobs(const Call& call, Api& api, Reply reply) {
  Arguments arguments(call.request);
  const bool open = arguments.boolean("open").value_or(false);
  const std::int64_t page = arguments.integer("page", 1, kMostPages).value_or(1);
  const std::int64_t size = arguments.integer("page_size", 1, kMostPageSize).value_or(20);
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  api.read(std::move(reply), [&api, owner = owner_of(call), open, page, size](Queries&) {
    const auto found = api.ports().jobs.store().list(owner, open, page, size);
    if (!found) return query_failed(found.error());
    boost::json::array rows;
    for (const Job& job : found->rows) rows.push_back(json_of(job));
    return json_response({{"total", found->total}, {"rows", std::move(rows)}});
  });
}

void get_job(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, owner = owner_of(call), id = call.number("job")](Queries&) {
    return with_job(api, owner, id, [](const Job& job) { return json_response(json_of(job)); });
  });
}

void get_job_file(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, caller = call.caller, owner = owner_of(call), id = call.number("job")](Queries&) {
    return with_job(api, owner, id, [&](const Job& job) {
      // The right may have been taken away since.
      if (!caller.may(job.permission)) return refuse(Refusal::forbidden, "your account lacks the permission " + job.permission);
      if (job.file.empty()) return refuse(Refusal::not_found);
      Response response = file_response(job.list, job.file);
      response.file = api.ports().jobs.path(job.id);
      response.audit.wanted = job.kind == JobKind::export_rows;
      return response;
    });
  });
}

void cancel_job(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, owner = owner_of(call), id = call.number("job")](Queries&) {
    return with_job(api, owner, id, [&](const Job&) {
      api.ports().jobs.cancel(id);
      return with_job(api, owner, id, [](const Job& job) { return json_response(json_of(job)); });
    });
  });
}

void remove_job(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, owner = owner_of(call), id = call.number("job")](Queries&) {
    return with_job(api, owner, id, [&](const Job& job) {
      if (job.state == JobState::waiting || job.state == JobState::running)
        return refuse(Refusal::conflict, "it is under way; cancel it first", "state");
      if (auto removed = api.ports().jobs.remove(id); !removed) return query_failed(removed.error());
      Response response;
      response.status = 204;
      return response;
    });
  });
}

}  // namespace anju::platform
