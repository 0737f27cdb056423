#include "tests/unit/platform/http/api_fixture.hpp"

#include "tests/unit/platform/scratch_folder.hpp"

namespace anju::platform {

ApiFixture::ApiFixture() {
  site.live_a_day(7);
  now = site.now;
  const auto foreign = add_site(site.url(), {"Other", "elsewhere", "Elsewhere", 480, 100'000}, now);
  REQUIRE(foreign);
  foreign_organisation = foreign->organisation;
  auto opened = open_user_store(site.url());
  REQUIRE(opened);
  real_users = std::move(*opened);
  users = std::make_unique<FailingUserStore>(*real_users);
  auto asked = open_queries(site.url(), 2);
  REQUIRE(asked);
  queries = std::move(*asked);
  auto opened_records = open_records(site.url(), 1);
  REQUIRE(opened_records);
  records = std::move(*opened_records);
  auto opened_organisations = open_organisation_desk(site.url());
  REQUIRE(opened_organisations);
  organisations = std::move(*opened_organisations);
  auto opened_housing = open_housing(site.url(), 1);
  REQUIRE(opened_housing);
  housing = std::move(*opened_housing);
  // One folder for the process, so that what a fixture left outlives no run.
  static const ScratchFolder folder;
  static int made = 0;
  files = folder.path + "/" + std::to_string(++made);
  std::filesystem::create_directories(files);
  sheets = create_xlsx_writer(files);
  reader = create_sheet_reader();
  auto opened_jobs = open_job_store(site.url());
  REQUIRE(opened_jobs);
  job_store = std::move(*opened_jobs);
  jobs = std::make_unique<JobQueue>(JobQueuePorts{*job_store, files, [this] { return now; }, [this](std::string_view line) { log.emplace_back(line); }});
  auto opened_reports = open_reports(site.url(), 1);
  REQUIRE(opened_reports);
  reports = std::move(*opened_reports);
  auto opened_analysis = open_analysis(site.url(), 1);
  REQUIRE(opened_analysis);
  analysis = std::move(*opened_analysis);
  auto opened_points = open_points(site.url(), 1);
  REQUIRE(opened_points);
  points = std::move(*opened_points);
  auto opened_messages = open_message_desk(site.url(), 1, {true, false}, nullptr);
  REQUIRE(opened_messages);
  messages = std::move(*opened_messages);
  auto opened_bound = open_bound_desk(site.url(), 1);
  REQUIRE(opened_bound);
  bound = std::move(*opened_bound);
  auto opened_enrolments = open_enrolment_desk(site.url());
  REQUIRE(opened_enrolments);
  enrolments = std::move(*opened_enrolments);
  auto opened_releases = open_release_desk(site.url());
  REQUIRE(opened_releases);
  releases = std::move(*opened_releases);
  release_offer.shelf = ReleaseShelf(files + "/releases");
  release_offer.public_url = "https://anju.example";
  release_offer.pin = "sha256//AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  REQUIRE(release_offer.shelf.prepare().empty());
  rules.password_cost = {1, 8192};  // the least libsodium takes: the cost itself has its own test
  add("admin", 1, {}, true, false);
  add("reader", 1, {"meter:read"}, false, false);
  add("nobody", 1, {}, false, false);
  add("fresh", 1, {}, true, true);
  add("foreign", foreign_organisation, {}, true, false);
  make_api();
}

void ApiFixture::add(const std::string& login, std::int64_t organisation, std::vector<std::string> permissions, bool all,
         bool must_change) {
  NewUser user;
  user.organisation = organisation;
  user.login = user.name = login;
  user.password_hash = hash_password(kPassword, rules.password_cost);
  user.must_change_password = must_change;
  user.all_permissions = all;
  user.permissions = std::move(permissions);
  REQUIRE(users->add_user(user));
}

void ApiFixture::make_api() {
  const Executor at_once = [](Task task) {
    task();
    return true;
  };
  const Executor passwords = [this](Task task) {
    if (passwords_full) return false;
    task();
    return true;
  };
  const Executor reads = [this](Task task) {
    if (reads_full) return false;
    task();
    return true;
  };
  Ports ports{
      desk,
      *queries,
      *users,
      *records,
      *organisations,
      *housing,
      *records,
      *sheets,
      *reader,
      *jobs,
      files,
      *reports,
      *analysis,
      *points,
      *messages,
      *bound,
      board,
      {"mqtts://broker.example:8884", true, true},
      [this](const std::string& gateway, const std::string& key) { return keys.emplace(gateway, key).second; },
      [this](const std::string& gateway) { keys.erase(gateway); },
      *enrolments,
      offer,
      [this](const std::string& gateway, const std::string& key) {
        if (!key_fails) keys[gateway] = key;
        return !key_fails;
      },
      [this](const std::string& gateway) {
        if (!key_fails) keys.erase(gateway);
        return !key_fails;
      },
      [this](const std::string& gateway) { return keys.contains(gateway) ? std::optional(keys.at(gateway)) : std::nullopt; },
      [this] { return now; },
      [this](std::string_view line) { log.emplace_back(line); },
      *releases,
      release_offer};
  api = std::make_unique<Api>(ports, Executors{at_once, reads, at_once, passwords}, rules);
}

Response ApiFixture::send(Request request) {
  std::optional<Response> answer;
  api->handle(std::move(request), [&answer](Response response) {
    CHECK_MESSAGE(!answer, "answered twice");
    answer = std::move(response);
  });
  REQUIRE(answer);
  return *answer;
}

Response ApiFixture::call(Method method, const std::string& target, const std::string& body, const Session& session) {
  Request request;
  REQUIRE(parse_target("/api/v1" + target, request));
  request.method = method;
  request.body = body;
  request.content_type = "application/json";
  request.session_token = session.token;
  request.csrf_token = session.csrf;
  request.address = "192.0.2.1";
  return send(std::move(request));
}

Response ApiFixture::try_login(const std::string& login, const std::string& password, const std::string& address) {
  Request request;
  request.method = Method::post;
  request.path = "/api/v1/session";
  request.content_type = "application/json";
  request.address = address;
  request.body = R"({"user":")" + login + R"(","password":")" + password + "\"}";
  return send(std::move(request));
}

Session ApiFixture::log_in(const std::string& login) {
  const Response response = try_login(login, kPassword);
  REQUIRE_MESSAGE(response.status == 200, response.body);
  Session session;
  for (const auto& [name, value] : response.headers)
    if (name == "Set-Cookie") session.token = value.substr(13, value.find(';') - 13);
  session.csrf = json(response).at("csrf_token").as_string().c_str();
  REQUIRE(session.token.size() == 43);
  return session;
}

}  // namespace anju::platform
