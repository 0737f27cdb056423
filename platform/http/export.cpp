#include "platform/http/export.hpp"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "platform/http/answers.hpp"
#include "platform/http/job_answers.hpp"
#include "platform/http/too_wide.hpp"
#include "protocols/wire/detail.hpp"

namespace anju::platform {
namespace {

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::size_t kMostRemark = 300;

/// Bytes outside of the unreserved ones as %XX (RFC 5987).
std::string percent(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
    if (plain) {
      out += c;
    } else {
      ((out += '%') += kDigits[byte >> 4U]) += kDigits[byte & 15U];
    }
  }
  return out;
}

/// The conditions of a list as they were asked, for the person who asked.
std::string remark_of(const Request& request) {
  std::string remark;
  for (const auto& [name, value] : request.query)
    if (name != "lang" && name != "page" && name != "page_size" && !value.empty()) (remark += remark.empty() ? "" : "; ") += name + "=" + value;
  return remark.substr(0, kMostRemark);
}

JobEnd run_export(SheetWriter& sheets, base::Result<std::unique_ptr<RowSource>> source, const std::string& file, std::int64_t total, JobRun& run) {
  JobEnd end;
  const auto rows = !source ? base::Result<std::int64_t>(base::pass(source))
                            : write_rows(sheets, **source, run.path(), [&](std::int64_t done) { return run.told(done, std::max(total, done)); });  // of some lists the count is a least
  if (!rows) {
    end.state = rows.error().is(SheetErrc::cancelled) ? JobState::cancelled : JobState::failed;
    if (end.state == JobState::failed) end.reason = std::string(rows.error().code);
    return end;
  }
  std::error_code ignored;
  end.done = *rows;
  end.file = file;
  end.bytes = static_cast<std::int64_t>(std::filesystem::file_size(run.path(), ignored));
  return end;
}

}  // namespace

Language language_of(const Request& request) {
  if (const auto asked = request.argument("lang")) return *asked == "en" ? Language::en : Language::zh;
  return request.language.starts_with("en") ? Language::en : Language::zh;
}

std::string file_stamp(base::UtcMillis at) {
  std::string text = time_text(at, SiteRow{}.utc_offset_minutes).substr(0, 16);
  for (const char c : {'-', ':'}) std::erase(text, c);
  text[8] = '-';
  return text;
}

Response file_response(const std::string& plain, const std::string& name) {
  Response response;
  response.content_type = kXlsx;
  response.headers.emplace_back("Content-Disposition", "attachment; filename=\"" + plain + ".xlsx\"; filename*=UTF-8''" + percent(name));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

Response answer_file(Api& api, const std::string& plain, const std::string& name, const std::function<base::Result<>(const std::string&)>& write) {
  static std::atomic<std::uint64_t> next{0};
  const std::string path = api.ports().files + "/answer-" + std::to_string(next++);
  const auto written = write(path);
  Response response = written ? file_response(plain, name) : query_failed(written.error());
  if (written) {
    std::ifstream file(path, std::ios::binary);
    response.body.assign(std::istreambuf_iterator<char>(file), {});
  }
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  return response;
}

void export_rows(const Call& call, Api& api, Reply reply, std::string list, OpenRows open) {
  NewJob job{owner_of(call), JobKind::export_rows, list, {}, std::string(call.permission), remark_of(call.request), 0, call.audit};
  api.read(std::move(reply), [&api, job = std::move(job), open = std::move(open), now = call.now](Queries&) mutable {
    const auto source = open(api.ports().records);
    if (!source) return query_failed(source.error());
    const auto count = (*source)->count();
    if (!count && count.error().is(Errc::too_many)) return too_wide(count.error());
    if (!count) return count.error().is(Errc::not_found) ? refuse(Refusal::not_found) : query_failed(count.error());
    if (*count > kMostSheetRows)
      return refuse(Refusal::limit_reached, "these are more than " + std::to_string(kMostSheetRows) + " rows; narrow the search", "rows");
    job.title = (*source)->title();
    const std::string name = job.title + "-" + file_stamp(now) + ".xlsx", plain = job.list + "-" + file_stamp(now);
    Response response;
    if (*count > kMostRowsAtOnce) {
      job.total = *count;
      response = begin_job(api, std::move(job), [&api, open = std::move(open), name, total = *count](JobRun& run) {
        return run_export(api.ports().sheets, open(api.ports().job_records), name, total, run);
      });
    } else {
      response = answer_file(api, plain, name, [&](const std::string& path) -> base::Result<> {
        const auto rows = write_rows(api.ports().sheets, **source, path, [](std::int64_t) { return true; });
        if (!rows) return base::pass(rows);
        return {};
      });
    }
    response.audit.wanted = response.status < 300;
    response.audit.detail = wire::detail({{"rows", std::to_string(*count)}});
    return response;
  });
}

void export_list(const Call& call, Api& api, Reply reply, std::string list, std::function<std::unique_ptr<RowSource>(Queries&, Reader)> make) {
  export_rows(call, api, std::move(reply), std::move(list),
              [&api, make = std::move(make), scope = call.caller.scope(), language = language_of(call.request),
               now = call.now](catalog::Records&) -> base::Result<std::unique_ptr<RowSource>> {
                Queries& queries = api.ports().queries;
                auto sites = queries.sites(scope);
                if (!sites) return base::pass(sites);
                return make(queries, Reader{scope, language, std::move(*sites), now});
              });
}

}  // namespace anju::platform
