// Spreadsheets that become rows of the catalogue: the template, and the import as a job.

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/field_rules.hpp"
#include "platform/http/answers.hpp"
#include "platform/http/export.hpp"
#include "platform/http/fields.hpp"
#include "platform/http/handlers.hpp"
#include "platform/http/import_work.hpp"
#include "platform/http/job_answers.hpp"

namespace anju::platform {
namespace {

/// Empty: the disk refused.
std::string keep_upload(const std::string& folder, const std::string& body) {
  static std::atomic<std::uint64_t> next{0};
  std::string path = folder + "/upload-" + std::to_string(next++);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(body.data(), static_cast<std::streamsize>(body.size()));
  file.close();
  return file ? path : std::string();
}

}  // namespace

void get_import_template(const Call& call, Api& api, Reply reply) {
  api.read(std::move(reply), [&api, &resource = *call.resource, language = language_of(call.request)](Queries&) {
    const bool zh = language == Language::zh;
    const std::string title(in(language, resource.label));
    const std::vector<std::string> heads = zh ? std::vector<std::string>{"列", "必填", "要求"} : std::vector<std::string>{"Column", "Required", "Rule"};
    return answer_file(api, std::string(resource.name), title + (zh ? "-导入模板.xlsx" : "-template.xlsx"), [&](const std::string& path) {
      return api.ports().sheets.create_form(path, title, catalog::form_of(resource, language), zh ? "填写说明" : "Rules", heads);
    });
  });
}

void import_records(const Call& call, Api& api, Reply reply) {
  const catalog::Resource& resource = *call.resource;
  Arguments arguments(call.request);
  const auto site = arguments.text("site", 64);
  ImportOrder order;
  order.resource = &resource;
  order.scope = call.caller.scope();
  order.language = language_of(call.request);
  order.site = site.value_or("");
  order.update = arguments.boolean("update").value_or(false);
  order.dry_run = arguments.boolean("dry_run").value_or(false);
  order.now = call.now;
  const std::string name = arguments.text("name", 200).value_or("");
  if (!site) arguments.refuse("site", "is required");
  if (call.request.body.empty()) arguments.refuse("file", "send the file as the body");
  if (arguments.problem()) return reply(refuse(*arguments.problem()));
  const std::string edit = std::string(resource.right) + ":edit";
  if (order.update && ((resource.actions & catalog::kEdit) == 0 || !call.caller.may(edit)))
    return reply(refuse(Refusal::forbidden, "your account lacks the permission " + edit));
  order.file = std::string(in(order.language, resource.label)) + (order.language == Language::zh ? "-未导入-" : "-not-imported-") + file_stamp(call.now) + ".xlsx";

  NewJob job{owner_of(call), JobKind::import_rows, std::string(resource.name), std::string(in(order.language, resource.label)),
             std::string(resource.right) + ":create", name, 0, call.audit};
  api.read(std::move(reply), [&api, job = std::move(job), order = std::move(order), body = call.request.body](Queries& queries) mutable {
    const auto sites = queries.sites(order.scope);
    if (!sites) return query_failed(sites.error());
    const bool ours = std::any_of(sites->begin(), sites->end(), [&](const SiteRow& one) { return one.id == order.site; });
    if (!ours) return refuse(Refusal::not_found, "there is no such site here", "site");
    order.upload = keep_upload(api.ports().files, body);
    if (order.upload.empty()) return refuse(Refusal::busy, "the file could not be kept; tell the operator that the disk is full", "file");
    const std::string upload = order.upload;
    Response response = begin_job(api, std::move(job), [&api, order = std::move(order)](JobRun& run) {
      Ports& ports = api.ports();
      return run_import({ports.job_records, ports.reader, ports.sheets}, order, run);
    });
    std::error_code ignored;
    if (response.status != 202) std::filesystem::remove(upload, ignored);
    // Its row is written when the job ends, with its counts.
    response.audit.stored = response.status == 202;
    return response;
  });
}

}  // namespace anju::platform
