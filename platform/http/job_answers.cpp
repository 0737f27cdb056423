#include "platform/http/job_answers.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "platform/http/answers.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

namespace json = boost::json;

/// What an import did: all of it at the end, the counts while it runs.
json::value result_of(const Job& job) {
  if (job.kind == JobKind::export_rows) return nullptr;
  json::error_code failed;
  if (auto whole = json::parse(job.errors, failed); !failed && whole.is_object()) return whole;
  return json::object{{"created", job.counts.created}, {"updated", job.counts.updated}, {"unchanged", job.counts.unchanged},
                      {"failed", job.counts.failed},   {"dry_run", false},              {"errors", json::array()}};
}

json::value time_or_null(const std::optional<base::UtcMillis>& at) { return at ? json::value(at->value) : json::value(nullptr); }

}  // namespace

json::object json_of(const Job& job) {
  return {{"id", job.id},
          {"kind", to_string(job.kind)},
          {"state", to_string(job.state)},
          {"list", job.list},
          {"title", job.title},
          {"who", job.who},
          {"remark", job.remark},
          {"reason", job.reason},
          {"done", job.done},
          {"total", job.total},
          {"bytes", job.bytes},
          {"file", job.file.empty() ? json::value(nullptr) : json::value(job.file)},
          {"result", result_of(job)},
          {"created_at", job.created.value},
          {"started_at", time_or_null(job.started)},
          {"ended_at", time_or_null(job.ended)}};
}

JobOwner owner_of(const Call& call) { return {call.caller.scope(), call.caller.user.id}; }

Response begin_job(Api& api, NewJob job, JobWork work) {
  const JobOwner owner = job.owner;
  const auto id = api.ports().jobs.submit(std::move(job), std::move(work));
  if (!id && id.error().is(Errc::too_many)) {
    const std::string& which = id.error().where;
    if (which == "kept_bytes") return refuse(Refusal::limit_reached, "your files take too much room; delete some in the download centre", which);
    return refuse(Refusal::limit_reached, "too many exports and imports are under way; wait for one to end, or cancel one", which);
  }
  if (!id) return query_failed(id.error());
  const auto made = api.ports().jobs.store().find(owner, *id);
  if (!made) return query_failed(made.error());
  if (!*made) return refuse(Refusal::not_found);
  return json_response(json_of(**made), 202);
}

}  // namespace anju::platform
