// Releases over REST, and gateways that are ordered to run one: what is taken, what is refused and by which code, and what is shown.

#include <filesystem>
#include <fstream>

#include "protocols/wire/release.hpp"
#include "tests/unit/platform/http/api_fixture.hpp"
#include "tests/unit/protocols/wire/signed_release.hpp"

using namespace anju;
using namespace anju::platform;
using wire::UpgradeStep;

namespace {

std::string hash_of(const std::string& bytes) {
  wire::ProgramHash hash;
  hash.add(bytes.data(), bytes.size());
  return hash.digits();
}

struct Kind {
  std::string version = "0.2.0", architecture = "arm64", minimum = "0.1.0", product = "anju-gateway";
};

std::string release_file(const Kind& kind, const std::string& program = "program", unsigned char maker = 1) {
  const std::string manifest = R"({"product":")" + kind.product + R"(","version":")" + kind.version + R"(","architecture":")" + kind.architecture + R"(","size":)" +
                               std::to_string(program.size()) + R"(,"sha256":")" + hash_of(program) + R"(","minimum":")" + kind.minimum + R"(","spool":1})";
  return wire::Maker(maker).release(manifest, program);
}

struct Yard : ApiFixture {
  Session admin = log_in("admin");

  boost::json::value upload(const std::string& file, int status = 201, const std::string& target = "/releases") {
    const Response response = call(Method::post, target, file, admin);
    CHECK_MESSAGE(response.status == status, response.body);
    return json(response);
  }
  std::int64_t add(const Kind& kind) { return upload(release_file(kind)).at("id").as_int64(); }
  void refused(const Response& response, int status, const char* code, const char* field) {
    CHECK_MESSAGE(response.status == status, response.body);
    CHECK(json(response).at("code").as_string() == code);
    CHECK((json(response).as_object().contains("field") ? json(response).at("field").as_string() : "") == field);
  }
  Response order(std::int64_t release, const std::string& code = {}, const std::string& gateway = "gw") {
    const std::string body = R"({"release":)" + std::to_string(release) + (code.empty() ? "" : R"(,"order":")" + code + '"') + "}";
    return call(Method::post, "/gateways/" + gateway + "/upgrade", body, admin);
  }
  boost::json::value gateway() { return json(call(Method::get, "/gateways/gw", "", admin)); }
  boost::json::value releases() { return json(call(Method::get, "/releases", "", admin)); }
  /// The gateway's next word, to the board and to the books.
  void says(const std::string& software, const std::string& architecture = "arm64") {
    wire::GatewayState& state = board.said["gw"];
    state.online = true;
    state.software = software;
    state.architecture = architecture;
    state.at = now = now + base::seconds(1);
    site.ledger->hear_state(1, state, now);
    site.commit();
  }
  void says(const std::string& order, UpgradeStep step, std::int64_t bytes = 0, const std::string& reason = "") {
    board.said["gw"].upgrade = wire::UpgradeProgress{order, {{0, 2, 0}}, step, reason, bytes, now};
    says(board.said["gw"].software, board.said["gw"].architecture);
  }
  std::int64_t audited(const std::string& action, const std::string& result) {
    return site.count("SELECT count(*) FROM audit WHERE action = '" + action + "' AND result = '" + result + "'");
  }
  std::size_t files() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(ApiFixture::files + "/releases")) ++count;
    return count;
  }
};

}  // namespace

TEST_CASE("releases: what is uploaded is shown with all it says, and the same bytes are the same row") {
  Yard api;
  const std::string file = release_file({});
  const auto made = api.upload(file, 201, "/releases?note=%E8%AF%95%E7%82%B9");
  CHECK(made.at("version").as_string() == "0.2.0");
  CHECK(made.at("architecture").as_string() == "arm64");
  CHECK(made.at("size").as_int64() == static_cast<std::int64_t>(file.size()));
  CHECK(made.at("sha256").as_string() == hash_of(file));
  CHECK(made.at("minimum").as_string() == "0.1.0");
  CHECK(made.at("spool").as_int64() == 1);
  CHECK(made.at("signed_by").is_null());
  CHECK(made.at("note").as_string() == "试点");
  CHECK(made.at("by").as_string() == "admin");
  CHECK(made.at("at").as_int64() == api.now.value);
  CHECK(made.at("own").as_bool());
  CHECK(made.at("wanted").as_int64() == 0);
  CHECK(made.at("installed").as_int64() == 0);
  CHECK(api.upload(file, 200).at("id") == made.at("id"));
  CHECK(api.releases().as_array().size() == 1);
  CHECK(api.files() == 1);
  std::ifstream kept(api.ApiFixture::files + "/releases/" + hash_of(file), std::ios::binary);
  CHECK(std::string(std::istreambuf_iterator<char>(kept), {}) == file);
  CHECK(api.audited("upload_release", "ok") == 2);
}

TEST_CASE("releases: what is none, is damaged, or is another program's is refused by its code, and nothing is kept") {
  Yard api;
  const std::string good = release_file({});
  const auto post = [&](const std::string& file, const std::string& target = "/releases") { return api.call(Method::post, target, file, api.admin); };
  api.refused(post(""), 400, "not_a_release", "file");
  api.refused(post("ANJUREL1"), 400, "not_a_release", "file");
  api.refused(post("PK" + good), 400, "not_a_release", "file");
  api.refused(post(release_file({.version = "2"})), 400, "not_a_release", "file");
  api.refused(post(release_file({.product = "anju-sim"})), 400, "wrong_product", "file");
  api.refused(post(good.substr(0, good.size() - 1)), 400, "damaged", "file");
  api.refused(post(good + "x"), 400, "damaged", "file");
  std::string changed = good;
  changed.back() = 'X';
  api.refused(post(changed), 400, "damaged", "file");
  api.refused(post(good, "/releases?note=" + std::string(201, 'x')), 400, "bad_field", "note");
  api.refused(post(good, "/releases?note=a%0Ab"), 400, "bad_field", "note");
  CHECK(api.releases().as_array().empty());
  CHECK(api.files() == 0);
  api.upload(good);
  api.refused(post(release_file({}, "another program")), 409, "conflict", "version");
  CHECK(api.files() == 1);
  api.upload(release_file({.architecture = "amd64"}, "another program"));
  CHECK(api.audited("upload_release", "damaged") == 3);
}

TEST_CASE("releases: where the platform has release keys it says who signed, and refuses what nobody did") {
  Yard api;
  api.release_offer.keys = *wire::parse_release_keys(wire::Maker(7).key_line() + "\n" + wire::Maker(1).key_line() + "  the factory \r\n" + wire::Maker(9).key_line());
  api.make_api();
  CHECK(api.upload(release_file({})).at("signed_by").as_string() == "the factory");
  CHECK(api.upload(release_file({.version = "0.2.1"}, "program", 9)).at("signed_by").as_string() == "key 3");
  api.refused(api.call(Method::post, "/releases", release_file({.version = "0.2.2"}, "program", 2), api.admin), 400, "untrusted", "file");
  CHECK(api.files() == 2);
}

TEST_CASE("releases: who is lent a release sees what it is, not who put it there and what he wrote") {
  Yard api;
  NewRelease lent;
  lent.version = {{0, 3, 0}};
  lent.architecture = "arm64";
  lent.size = 1000;
  lent.sha256 = std::string(64, 'a');
  lent.note = "only for us";
  AuditEntry audit;
  audit.who = "boss";
  const Scope above{api.site.count("SELECT parent FROM organisation WHERE id = 1")};
  REQUIRE(api.ApiFixture::releases->add(above, lent, [] { return true; }, audit));
  api.upload(release_file({}), 201, "/releases?note=ours");
  const auto all = api.releases();
  REQUIRE(all.as_array().size() == 2);
  CHECK(all.at(0).at("by").as_string() == "admin");
  CHECK(all.at(0).at("note").as_string() == "ours");
  CHECK_FALSE(all.at(1).at("own").as_bool());
  CHECK(all.at(1).at("version").as_string() == "0.3.0");
  CHECK(all.at(1).at("by").as_string().empty());
  CHECK(all.at(1).at("note").as_string().empty());
}

TEST_CASE("releases: the eleventh release of an organisation is refused, and the answer says what to do") {
  Yard api;
  for (std::int64_t i = 0; i < kMostOwnReleases; ++i) api.add({.version = "0.2." + std::to_string(i)});
  const Response full = api.call(Method::post, "/releases", release_file({.version = "0.3.0"}), api.admin);
  api.refused(full, 409, "limit_reached", "");
  CHECK(full.body.find("at most 10 releases") != std::string::npos);
  CHECK(api.files() == static_cast<std::size_t>(kMostOwnReleases));
}

TEST_CASE("releases: while the disk refuses nothing is kept and the answer says so") {
  Yard api;
  std::filesystem::remove_all(api.ApiFixture::files + "/releases");
  const Response refused = api.call(Method::post, "/releases", release_file({}), api.admin);
  CHECK(refused.status == 503);
  CHECK(api.releases().as_array().empty());
}

TEST_CASE("upgrade: ordered, followed and done: each step is shown with the gateway, and the archive wants it no longer") {
  Yard api;
  api.says("0.1.0");
  CHECK(api.gateway().at("upgrade").is_null());
  CHECK(api.gateway().at("architecture").as_string() == "arm64");
  const std::int64_t id = api.add({});
  const Response ordered = api.order(id, "o1");
  REQUIRE_MESSAGE(ordered.status == 201, ordered.body);
  const auto first = ApiFixture::json(ordered);
  CHECK(first.at("order").as_string() == "o1");
  CHECK(first.at("release").as_int64() == id);
  CHECK(first.at("version").as_string() == "0.2.0");
  CHECK(first.at("step").as_string() == "waiting");
  CHECK(first.at("reason").is_null());
  CHECK(first.at("bytes").as_int64() == 0);
  CHECK(first.at("ordered_by").as_string() == "admin");
  CHECK(first.at("ordered_at").as_int64() == api.now.value);
  CHECK(api.gateway().at("upgrade") == first);
  const auto list = ApiFixture::json(api.call(Method::get, "/gateways", "", api.admin));
  CHECK(list.at(0).at("upgrade") == first);
  const auto wanted = api.site.ledger->archive_of(1)->release;
  REQUIRE(wanted);
  const std::string sha256(api.releases().at(0).at("sha256").as_string());
  CHECK(wanted->url == "https://anju.example/releases/" + sha256);
  CHECK(wanted->sha256 == sha256);
  CHECK(wanted->size == first.at("size").as_int64());
  CHECK(wanted->pin == api.release_offer.pin);
  CHECK(api.releases().at(0).at("wanted").as_int64() == 1);
  api.refused(api.call(Method::del, "/releases/" + std::to_string(id), "", api.admin), 409, "in_use", "gateways");

  api.says("o1", UpgradeStep::downloading, 100);
  CHECK(api.gateway().at("upgrade").at("bytes").as_int64() == 100);
  CHECK(api.gateway().at("upgrade").at("step").as_string() == "downloading");
  api.says("o1", UpgradeStep::trial, 200);
  api.refused(api.call(Method::del, "/gateways/gw/upgrade", "", api.admin), 409, "conflict", "step");
  api.says("o1", UpgradeStep::rolled_back, 200, "no_contact");
  const auto ended = api.gateway().at("upgrade");
  CHECK(ended.at("step").as_string() == "rolled_back");
  CHECK(ended.at("reason").as_string() == "no_contact");
  CHECK_FALSE(api.site.ledger->archive_of(1)->release);
  CHECK(api.releases().at(0).at("wanted").as_int64() == 0);

  REQUIRE(api.order(id).status == 201);  // another try is another order, whose id is drawn
  const std::string drawn(api.gateway().at("upgrade").at("order").as_string());
  CHECK(drawn != "o1");
  api.says(drawn, UpgradeStep::installed, 200);
  api.says("0.2.0");
  CHECK(api.releases().at(0).at("installed").as_int64() == 1);
  CHECK(api.audited("order_upgrade", "ok") == 2);
  CHECK(api.site.count("SELECT count(*) FROM audit WHERE action = 'order_upgrade' AND object = 'gateway gw' AND detail LIKE '%0.2.0%'") == 2);
  REQUIRE(api.call(Method::del, "/releases/" + std::to_string(id), "", api.admin).status == 204);
  CHECK(api.releases().as_array().empty());
  CHECK(api.files() == 0);
  CHECK(api.gateway().at("upgrade").at("release").as_int64() == id);
  CHECK(api.audited("remove_release", "ok") == 1);
}

TEST_CASE("upgrade: withdrawn before the trial it is wanted no longer, and another may follow") {
  Yard api;
  const std::int64_t id = api.add({});
  api.refused(api.call(Method::del, "/gateways/gw/upgrade", "", api.admin), 404, "not_found", "upgrade");
  REQUIRE(api.order(id, "o1").status == 201);
  api.refused(api.order(id, "o2"), 409, "conflict", "upgrade");
  CHECK(api.call(Method::del, "/gateways/gw/upgrade", "", api.admin).status == 204);
  CHECK(api.gateway().at("upgrade").at("step").as_string() == "withdrawn");
  CHECK_FALSE(api.site.ledger->archive_of(1)->release);
  CHECK(api.audited("withdraw_upgrade", "ok") == 1);
  CHECK(api.order(id, "o2").status == 201);
}

TEST_CASE("upgrade: the same order again is the same order, also when its gateway runs it already; its id for another release is refused") {
  Yard api;
  api.says("0.1.0");
  const std::int64_t id = api.add({}), other = api.add({.version = "0.3.0"});
  REQUIRE(api.order(id, "o1").status == 201);
  const std::int64_t version = api.site.ledger->archive_of(1)->version;
  CHECK(api.order(id, "o1").status == 201);
  CHECK(api.site.ledger->archive_of(1)->version == version);
  CHECK(api.order(other, "o1").code == "key_reused");
  api.says("o1", UpgradeStep::installed);
  api.says("0.2.0");
  const Response again = api.order(id, "o1");
  CHECK(again.status == 201);
  CHECK(ApiFixture::json(again).at("step").as_string() == "installed");
  CHECK_FALSE(api.site.ledger->archive_of(1)->release);
}

TEST_CASE("upgrade: what does not fit the gateway is refused by its code and changes nothing") {
  Yard api;
  const std::int64_t id = api.add({}), needs = api.add({.version = "0.5.0", .minimum = "0.4.0"});
  const std::int64_t version = api.site.ledger->archive_of(1)->version;
  api.says("0.2.0");
  api.refused(api.order(id), 409, "not_newer", "release");
  api.refused(api.order(needs), 409, "too_old", "release");
  api.says("0.1.0", "amd64");
  api.refused(api.order(id), 409, "wrong_architecture", "release");
  api.refused(api.order(99), 404, "not_found", "release");
  api.refused(api.order(id, {}, "nobody"), 404, "not_found", "gateway");
  api.refused(api.call(Method::post, "/gateways/gw/upgrade", R"({"release":0})", api.admin), 400, "bad_field", "release");
  api.refused(api.call(Method::post, "/gateways/gw/upgrade", R"({"release":1,"order":"a b"})", api.admin), 400, "bad_field", "order");
  api.refused(api.call(Method::post, "/gateways/gw/upgrade", R"({"release":1,"url":"https://x"})", api.admin), 400, "bad_field", "url");
  CHECK(api.gateway().at("upgrade").is_null());
  CHECK(api.site.ledger->archive_of(1)->version == version);
  api.board.said.clear();  // not heard of since the start: the gateway judges for itself
  CHECK(api.order(id).status == 201);
}

TEST_CASE("upgrade: without an address for gateways, or without the file, nothing is ordered and the answer says what to do") {
  Yard api;
  const std::int64_t id = api.add({});
  api.release_offer.public_url.clear();
  api.make_api();
  const Response unset = api.order(id);
  api.refused(unset, 409, "no_public_url", "");
  CHECK(unset.body.find("public_url") != std::string::npos);
  CHECK(unset.body.find("platform.toml") != std::string::npos);
  api.release_offer.public_url = "http://10.0.0.1:8080";
  api.make_api();
  const std::string file = api.ApiFixture::files + "/releases/" + hash_of(release_file({}));
  REQUIRE(std::filesystem::remove(file));
  api.refused(api.order(id), 409, "conflict", "release");
  api.upload(release_file({}), 200);  // the same bytes bring it back
  REQUIRE(api.order(id).status == 201);
  CHECK(api.site.ledger->archive_of(1)->release->pin.empty());  // http shows no certificate
}
