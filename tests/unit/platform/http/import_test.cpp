// Spreadsheets that become rows, through the whole API, the real files and the real store.

#include <chrono>
#include <fstream>

#include "platform/http/export.hpp"
#include "platform/http/import_work.hpp"
#include "tests/unit/platform/http/api_fixture.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

struct Office : ApiFixture {
  Session admin = log_in("admin");

  Office() {
    for (const auto& [path, body] : std::initializer_list<std::pair<const char*, const char*>>{
             {"/buildings", R"({"site":"site","number":"01","name":"1号楼"})"},
             {"/buildings", R"({"site":"site","number":"02","name":"2号楼","with_units":true})"},
             {"/units", R"({"site":"site","building":2,"number":"1"})"},
             {"/house-types", R"({"site":"site","name":"高层","rate":"2.35"})"}})
      REQUIRE(call(Method::post, path, body, admin).status == 201);
  }

  /// The answer to the upload.
  Response upload(const std::string& target, const std::string& file, const Session& session) {
    Request request;
    REQUIRE(parse_target("/api/v1" + target, request));
    request.method = Method::post;
    request.body = file;
    request.content_type = "application/octet-stream";
    request.session_token = session.token;
    request.csrf_token = session.csrf;
    return send(std::move(request));
  }
  /// The job once it has ended.
  boost::json::value import(const std::string& file, const std::string& further = {}, const std::string& resource = "houses") {
    const Response begun = upload("/" + resource + "/import?site=site" + further, file, admin);
    REQUIRE_MESSAGE(begun.status == 202, begun.body);
    while (jobs->run_one()) {
    }
    return json(call(Method::get, "/jobs/" + std::to_string(json(begun).at("id").as_int64()), {}, admin));
  }
  std::int64_t houses() { return site.count("SELECT count(*) FROM house"); }
  std::vector<std::vector<std::string>> rows(const std::string& path) {
    std::vector<std::vector<std::string>> all;
    REQUIRE(reader->read(path, [&](std::int64_t, std::vector<std::string>& cells) {
      all.push_back(cells);
      return true;
    }));
    return all;
  }
};

/// created, updated, unchanged, failed
std::vector<std::int64_t> counts(const boost::json::value& job) {
  const auto& result = job.at("result");
  return {result.at("created").as_int64(), result.at("updated").as_int64(), result.at("unchanged").as_int64(), result.at("failed").as_int64()};
}

std::string reasons(const boost::json::value& job) {
  std::string all;
  for (const auto& error : job.at("result").at("errors").as_array())
    all += std::to_string(error.at("row").as_int64()) + " " + error.at("column").as_string().c_str() + " " + error.at("code").as_string().c_str() + "\n";
  return all;
}

const std::string kHead = "楼栋,单元,房号,房屋类型,建筑面积(平方米),业主姓名,联系电话,备注\n";

}  // namespace

TEST_CASE("import: references by name or number, within what they lie in; numbers, and columns in any order") {
  Office office;
  const auto job = office.import("备注,Number,房屋类型 *,楼栋 *,单元,建筑面积(平方米),不认识的\n"
                                 "a,0101,高层,01,,89.3,x\n"
                                 ",0102,高层,1号楼,,,x\n"
                                 ",0201,高层,2号楼,1,100,x\n");
  CHECK(counts(job) == std::vector<std::int64_t>{3, 0, 0, 0});
  CHECK(office.site.count("SELECT count(*) FROM house WHERE building = 2 AND unit = 1 AND area = 10000 AND number = '0201'") == 1);
  CHECK(office.site.count("SELECT count(*) FROM house WHERE building = 1 AND unit IS NULL AND area = 8930 AND note = 'a'") == 1);
  CHECK(job.at("state").as_string() == "done");
  CHECK(job.at("file").is_null());
}

TEST_CASE("import: every bad row comes back with its column and a reason, and the good ones are there") {
  Office office;
  const auto job = office.import(kHead +
                                 "01,,0101,高层,89.3,王小明,13800001234,\n"
                                 "19,,0102,高层,,,,\n"        // 3: no such building
                                 ",,0103,高层,,,,\n"           // 4: required
                                 "01,,01234567890,高层,,,,\n"  // 5: too long
                                 "01,,0104,高层,1.234,,,\n"    // 6: too many decimals
                                 "02,,0105,高层,,,,\n"         // 7: this building has units
                                 "02,7,0106,高层,,,,\n"        // 8: no such unit in it
                                 "01,,0101,高层,,,,\n"         // 9: as row 2
                                 "01,,0107,别墅,,,,\n");       // 10: no such type
  CHECK(counts(job) == std::vector<std::int64_t>{1, 0, 0, 8});
  CHECK(reasons(job) ==
        "3 楼栋 not_found\n4 楼栋 required\n5 房号 bad_field\n6 建筑面积(平方米) bad_field\n7 单元 bad_field\n8 单元 not_found\n9 房号 repeated\n10 房屋类型 not_found\n");
  CHECK(office.houses() == 1);
  const auto bad = office.rows(office.jobs->path(job.at("id").as_int64()));
  REQUIRE(bad.size() == 9);
  CHECK(bad[0].back() == "原因");
  CHECK(bad[1] == std::vector<std::string>{"19", "", "0102", "高层", "", "", "", "", "楼栋", "没有楼栋“19”"});
}

TEST_CASE("import: the same file twice creates nothing twice; what differs is changed only when that is wanted") {
  Office office;
  const std::string file = kHead + "01,,0101,高层,89.3,王小明,13800001234,\n01,,0102,高层,,,,\n";
  CHECK(counts(office.import(file)) == std::vector<std::int64_t>{2, 0, 0, 0});
  CHECK(counts(office.import(file)) == std::vector<std::int64_t>{0, 0, 2, 0});
  const std::string other = "楼栋,房号,房屋类型,建筑面积(平方米)\n01,0101,高层,90\n01,0103,高层,1\n";
  CHECK(reasons(office.import(other + "01,0102,高层,\n")) == "2 房号 exists\n");
  CHECK(office.houses() == 3);
  CHECK(counts(office.import(other, "&update=true")) == std::vector<std::int64_t>{0, 1, 1, 0});
  // What the file has no column for stays.
  CHECK(office.site.count("SELECT count(*) FROM house WHERE number = '0101' AND area = 9000 AND owner = '王小明' AND version = 2") == 1);
  // Contacts have no unique field: a row that is the same in everything is there already.
  const std::string contacts = "部门,联系人,电话\n工程部,李工,110\n";
  CHECK(counts(office.import(contacts, "", "contacts")) == std::vector<std::int64_t>{1, 0, 0, 0});
  CHECK(counts(office.import(contacts, "", "contacts")) == std::vector<std::int64_t>{0, 0, 1, 0});
}

TEST_CASE("import: a dry run says the same and writes nothing, not even to the audit log") {
  Office office;
  const std::string file = kHead + "01,,0101,高层,,,,\n01,,0101,高层,,,,\n99,,0102,高层,,,,\n";
  const auto audit = office.site.count("SELECT count(*) FROM audit");
  const auto tried = office.import(file, "&dry_run=true");
  CHECK(office.houses() == 0);
  CHECK(office.site.count("SELECT count(*) FROM audit") == audit);
  const auto done = office.import(file);
  CHECK(counts(tried) == counts(done));
  CHECK(reasons(tried) == reasons(done));
  CHECK(office.site.count("SELECT count(*) FROM audit WHERE action = 'upload_house' AND result = 'ok'"
                          " AND detail = 'created=1; updated=0; unchanged=0; failed=2; site=site'") == 1);
}

TEST_CASE("import: what an export shows comes back unchanged, masked fields and all") {
  Office office;
  CHECK(counts(office.import(kHead + "01,,0101,高层,89.3,王小明,13800001234,a\n02,1,0201,高层,,李四,,\n")) == std::vector<std::int64_t>{2, 0, 0, 0});
  office.add("clerk", 1, {"house:read", "house:export"}, false, false);
  const Response file = office.call(Method::get, "/houses/export", {}, office.log_in("clerk"));
  REQUIRE(file.status == 200);
  std::ofstream(office.files + "/kept", std::ios::binary) << file.body;
  const auto shown = office.rows(office.files + "/kept");
  REQUIRE(shown.size() == 3);
  CHECK(std::find(shown[2].begin(), shown[2].end(), "138****1234") != shown[2].end());
  const auto again = office.import(file.body, "&update=true");
  CHECK(counts(again) == std::vector<std::int64_t>{0, 0, 2, 0});
  CHECK(office.site.count("SELECT count(*) FROM house WHERE phone = '13800001234' AND owner = '王小明'") == 1);
}

TEST_CASE("import: a mask in a new row stands for nothing and is refused, with what it should be") {
  Office office;
  const auto job = office.import(kHead + "01,,0101,高层,,王**,,\n01,,0102,高层,,,138****1234,\n01,,0103,高层,,王小明,13800001234,\n", "&update=true");
  CHECK(counts(job) == std::vector<std::int64_t>{1, 0, 0, 2});
  CHECK(office.site.count("SELECT count(*) FROM house WHERE owner LIKE '%*%' OR phone LIKE '%*%'") == 0);
  // Nor that of another row.
  CHECK(counts(office.import(kHead + "01,,0103,高层,,李**,13800001234,\n", "&update=true")) == std::vector<std::int64_t>{0, 0, 0, 1});
}

TEST_CASE("import: the template is there with the fields' names, and imports nothing") {
  Office office;
  const Response file = office.call(Method::get, "/houses/import-template?lang=en", {}, office.admin);
  REQUIRE(file.status == 200);
  std::ofstream(office.files + "/kept", std::ios::binary) << file.body;
  CHECK(office.rows(office.files + "/kept").at(0).at(0) == "Building *");
  const auto job = office.import(file.body);
  CHECK(job.at("state").as_string() == "failed");
  CHECK(job.at("reason").as_string() == "empty");
}

TEST_CASE("import: files that are no list of ours are refused as a whole, with the reason") {
  Office office;
  for (const auto& [file, reason] : std::initializer_list<std::pair<std::string, const char*>>{
           {"a,b\n1,2\n", "no_columns"}, {"楼栋,房号\n01,0101\n", "missing_column"}, {"PK\x03\x04", "broken"}, {kHead, "empty"}, {"\xD0\xCF\x11\xE0", "old_format"}}) {
    const auto job = office.import(file);
    CHECK(job.at("state").as_string() == "failed");
    CHECK(job.at("reason").as_string() == reason);
  }
  std::string many = kHead;
  for (int i = 0; i <= kMostImportRows; ++i) many += "01,,1,高层,,,,\n";
  CHECK(office.import(many).at("reason").as_string() == "too_many_rows");
  CHECK(office.houses() == 0);
  CHECK(office.upload("/houses/import?site=elsewhere", kHead, office.admin).status == 404);
  CHECK(office.upload("/houses/import", kHead, office.admin).code == "bad_field");
}

TEST_CASE("import: who may add rows may not change them by importing") {
  Office office;
  office.add("clerk", 1, {"house:create"}, false, false);
  const Session clerk = office.log_in("clerk");
  CHECK(office.upload("/houses/import?site=site&update=true", kHead, clerk).status == 403);
  CHECK(office.upload("/houses/import?site=site", kHead + "01,,1,高层,,,,\n", clerk).status == 202);
  CHECK(office.upload("/buildings/import?site=site", kHead, clerk).status == 403);
}

TEST_CASE("import: 10 000 rooms with 37 bad rows create 9 963, and the file has the 37 with column and reason") {
  Office office;
  std::string file = kHead;
  for (int i = 0; i < 10'000; ++i) {
    const bool bad = i % 270 == 7 && i / 270 < 37;
    file += bad && i % 2 == 0 ? "01,,9" + std::to_string(i) + ",没有的,,,,\n" : bad ? "01,,9" + std::to_string(i) + ",高层,much,,,\n" : "01,,9" + std::to_string(i) + ",高层,88.5,,,\n";
  }
  const auto begun = std::chrono::steady_clock::now();
  const auto job = office.import(file);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
  MESSAGE("10 000 rows in " << took << " ms, with sanitizers");
  CHECK(counts(job) == std::vector<std::int64_t>{9963, 0, 0, 37});
  CHECK(office.houses() == 9963);
  const auto bad = office.rows(office.jobs->path(job.at("id").as_int64()));
  REQUIRE(bad.size() == 38);
  for (std::size_t i = 1; i < bad.size(); ++i) {
    CHECK(bad[i].size() == 10);
    CHECK_FALSE(bad[i][8].empty());
    CHECK_FALSE(bad[i][9].empty());
  }
  CHECK(counts(office.import(file)) == std::vector<std::int64_t>{0, 0, 9963, 37});
}

TEST_CASE("export: more than 10 000 rows become a job whose file has all of them, for its owner only") {
  Office office;
  std::string file = kHead;
  for (int i = 0; i <= kMostRowsAtOnce; ++i) file += "01,,9" + std::to_string(i) + ",高层,,,,\n";
  REQUIRE(counts(office.import(file))[0] == kMostRowsAtOnce + 1);
  const Response begun = office.call(Method::get, "/houses/export?sort=-number", {}, office.admin);
  CHECK(begun.status == 202);
  const auto id = ApiFixture::json(begun).at("id").as_int64();
  const std::string target = "/jobs/" + std::to_string(id);
  CHECK(office.call(Method::get, target + "/file", {}, office.admin).status == 404);
  CHECK(office.call(Method::del, target, {}, office.admin).code == "conflict");
  while (office.jobs->run_one()) {
  }
  const auto job = ApiFixture::json(office.call(Method::get, target, {}, office.admin));
  CHECK(job.at("state").as_string() == "done");
  CHECK(job.at("done").as_int64() == kMostRowsAtOnce + 1);
  const Response answer = office.call(Method::get, target + "/file", {}, office.admin);
  CHECK(answer.status == 200);
  CHECK(answer.body.empty());
  CHECK(office.rows(answer.file).size() == static_cast<std::size_t>(kMostRowsAtOnce + 2));
  office.add("other", 1, {}, true, false);
  for (const char* login : {"other", "foreign"}) {
    const Session session = office.log_in(login);
    CHECK(office.call(Method::get, target, {}, session).status == 404);
    CHECK(office.call(Method::get, target + "/file", {}, session).status == 404);
    CHECK(office.call(Method::post, target + "/cancel", {}, session).status == 404);
    CHECK(office.call(Method::del, target, {}, session).status == 404);
  }
  CHECK(office.call(Method::del, target, {}, office.admin).status == 204);
  CHECK(office.call(Method::get, target, {}, office.admin).status == 404);
}
