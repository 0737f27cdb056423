// What an export of a million rows costs: rows a second, and by how much the resident memory grows beyond what it was before.
// Usage: bench_export [--json FILE]. Rows: {"bench":"export","case","metric","value","unit"}.

#include <soci/soci.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>

#include "platform/catalog/catalog.hpp"
#include "platform/catalog/record_rows.hpp"
#include "platform/sheets/xlsx_writer.hpp"
#include "platform/store/database.hpp"
#include "platform/store/ledger_store.hpp"
#include "platform/store/records.hpp"
#include "platform/store/sites.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

constexpr std::int64_t kRows = 1'000'000;
constexpr std::int64_t kMostGrowthMb = 64;  ///< what the office promises

/// MB of a line of /proc/self/status.
double megabytes(const char* what) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(what)) return static_cast<double>(std::strtoll(line.c_str() + std::strlen(what) + 1, nullptr, 10)) / 1024;
  return 0;
}

/// The greatest resident memory is counted anew from here.
void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

void fill(const std::string& url) {
  soci::session session;
  if (!open_session(session, url)) std::abort();
  run_script(session,
             "BEGIN;"
             "INSERT INTO building(id, organisation, site, enabled, version, created_ms, updated_ms, number, name, with_units, note)"
             " VALUES(1, 1, 1, 1, 1, 0, 0, '01', '1号楼', 0, '');"
             "INSERT INTO house_type(id, organisation, site, enabled, version, created_ms, updated_ms, name, rate, note) VALUES(1, 1, 1, 1, 1, 0, 0, '高层', 235, '');"
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(kRows) + ")"
             " INSERT INTO house(id, organisation, site, enabled, version, created_ms, updated_ms, building, number, type, area, owner, phone, note)"
             " SELECT i, 1, 1, 1, 1, 1763687758000 + i, 1763687758000 + i, 1, 'h' || i, 1, 5000 + i % 9000, '王小明' || i, 13800000000 + i, '' FROM n;"
             "COMMIT;");
}

struct Exported {
  double seconds, growth_mb, file_mb;
};

Exported measure(catalog::Records& records, const std::string& folder, const char* sorted_by) {
  const catalog::Resource& houses = *catalog::find("houses");
  catalog::RecordRows wanted;
  wanted.scope.organisation = 1;
  SiteRow& site = wanted.sites.emplace_back();
  site.id = "site";
  site.name = "Site";
  if (sorted_by != nullptr) wanted.listing.sort = catalog::find(houses, sorted_by);
  const auto source = catalog::record_rows(records, houses, wanted);
  const auto writer = create_xlsx_writer(folder);
  forget_peak();
  const double before = megabytes("VmRSS");
  const auto begin = std::chrono::steady_clock::now();
  const auto rows = write_rows(*writer, *source, folder + "/houses.xlsx", [](std::int64_t) { return true; });
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  if (!rows || *rows != kRows) {
    std::fprintf(stderr, "the export failed: %s\n", rows ? std::to_string(*rows).c_str() : rows.error().where.c_str());
    std::exit(1);
  }
  return {seconds, megabytes("VmHWM") - before, static_cast<double>(std::filesystem::file_size(folder + "/houses.xlsx")) / 1e6};
}

}  // namespace

int main(int argc, char** argv) {
  std::string pattern = (std::filesystem::temp_directory_path() / "anju-export-XXXXXX").string();
  const std::string folder = mkdtemp(pattern.data());
  const std::string url = "sqlite:" + folder + "/anju.db";
  if (!add_site(url, {"Anju", "site", "Site", 480, 100'000}, base::UtcMillis(0))) return 1;
  fill(url);
  auto records = open_records(url, 1);
  if (!records) return 1;

  std::ostringstream json;
  bool small = true;
  const char* before = "[";
  for (const auto& [name, sorted_by] : {std::pair<const char*, const char*>{"newest first", nullptr}}) {
    const Exported one = measure(**records, folder, sorted_by);
    const double rate = static_cast<double>(kRows) / one.seconds;
    std::printf("export of %lld rows, %s: %.1f s, %.0f rows/s, resident memory +%.1f MB (at most %lld), file %.0f MB\n", static_cast<long long>(kRows), name,
                one.seconds, rate, one.growth_mb, static_cast<long long>(kMostGrowthMb), one.file_mb);
    small = small && one.growth_mb < static_cast<double>(kMostGrowthMb);
    for (const auto& [metric, value, unit] : {std::tuple<const char*, double, const char*>{"rows", rate, "1/s"}, {"resident memory grows", one.growth_mb, "MB"}}) {
      json << before << R"({"bench":"export","case":")" << name << R"(","metric":")" << metric << R"(","value":)" << value << R"(,"unit":")" << unit << "\"}";
      before = ",";
    }
  }
  json << "]\n";
  if (argc == 3 && std::strcmp(argv[1], "--json") == 0) std::ofstream(argv[2]) << json.str();
  std::error_code ignored;
  std::filesystem::remove_all(folder, ignored);
  return small ? 0 : 1;
}
