#include "platform/http/server.hpp"

#include <array>
#include <atomic>
#include <barrier>
#include <fstream>
#include <functional>
#include <future>
#include <thread>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "platform/http/connection.hpp"
#include "platform/ingest/ledger_thread.hpp"
#include "protocols/wire/release.hpp"
#include "platform/store/verify.hpp"
#include "tests/unit/platform/http/api_fixture.hpp"
#include "tests/unit/protocols/wire/signed_release.hpp"

using namespace anju;
using namespace anju::platform;

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using tcp = boost::asio::ip::tcp;

/// The real server, ledger thread and store on a free loopback port.
struct Running {
  ApiFixture fixture;
  EventHub hub;
  std::unique_ptr<LedgerThread> ledger;
  std::unique_ptr<Server> server;

  /// prepare: what is to be another than the fixture's, before anything runs.
  explicit Running(ServerOptions options = {}, const std::function<void(ApiFixture&)>& prepare = [](ApiFixture&) {}) {
    prepare(fixture);
    LedgerThreadPorts ports;
    ports.store = fixture.site.store.get();
    ports.notifier = &hub;
    ports.keys = [](const std::string&) { return std::nullopt; };
    ports.publish = [](const std::string&, std::string_view, bool) { return false; };
    ports.clock = [this] { return fixture.now; };
    ports.log = [](const std::string&) {};
    ports.failed = [](const std::string&) {};
    ledger = std::make_unique<LedgerThread>(fixture.site.reload(), std::move(ports));
    options.port = 0;
    Ports api{*ledger,
              *fixture.queries,
              *fixture.users,
              *fixture.records,
              *fixture.organisations,
              *fixture.housing,
              *fixture.records,
              *fixture.sheets,
              *fixture.reader,
              *fixture.jobs,
              fixture.files,
              *fixture.reports,
              *fixture.analysis,
              *fixture.points,
              *fixture.messages,
              *fixture.bound,
              *ledger,
              {"mqtt://127.0.0.1:1883", false, false},
              [](const std::string&, const std::string&) { return true; },
              [](const std::string&) {},
              *fixture.enrolments,
              {},
              [](const std::string&, const std::string&) { return true; },
              [](const std::string&) { return true; },
              [](const std::string&) { return std::optional<std::string>(); },
              [this] { return fixture.now; },
              [](std::string_view) {},
              *fixture.releases,
              fixture.release_offer};
    auto created = Server::create(options, std::move(api), hub, fixture.rules);
    REQUIRE(created);
    server = std::move(*created);
    ledger->start();
    server->start();
  }
  ~Running() {
    server->stop(base::seconds(5));
    ledger->stop();
  }
  [[nodiscard]] tcp::endpoint endpoint() const { return {boost::asio::ip::make_address("127.0.0.1"), server->port()}; }
};

struct Client {
  boost::asio::io_context io;
  tcp::socket socket{io};
  beast::flat_buffer buffer;
  explicit Client(const Running& running) { socket.connect(running.endpoint()); }

  http::response<http::string_body> ask(http::verb verb, const std::string& target, const std::string& body = {},
                                        const Session& session = {}) {
    http::request<http::string_body> request(verb, target, 11);
    request.set(http::field::host, "anju.test");
    request.set(http::field::content_type, "application/json");
    if (!session.token.empty()) request.set(http::field::cookie, "anju_session=" + session.token);
    if (!session.csrf.empty()) request.set("X-CSRF-Token", session.csrf);
    request.body() = body;
    request.prepare_payload();
    http::write(socket, request);
    http::response<http::string_body> response;
    http::read(socket, buffer, response);
    return response;
  }
};

}  // namespace

TEST_CASE("server: the same recharge 50 times in parallel is one entry and 49 times 'exists'") {
  Running running;
  const Session session = running.fixture.log_in("admin");
  constexpr int kClients = 50;
  std::atomic<int> created = 0, exists = 0, other = 0;
  std::barrier together(kClients);
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&] {
      Client client(running);
      together.arrive_and_wait();
      const auto response = client.ask(http::verb::post, "/api/v1/meters/1/recharges",
                                       R"({"id":"same-key","amount":"12.34","method":"cash"})", session);
      const bool is_created = response.body().find(R"("result":"created")") != std::string::npos;
      const bool is_exists = response.body().find(R"("result":"exists")") != std::string::npos;
      ++(response.result_int() != 201 ? other : is_created ? created : is_exists ? exists : other);
    });
  }
  for (auto& client : clients) client.join();
  CHECK(created == 1);
  CHECK(exists == 49);
  CHECK(other == 0);
  CHECK(running.fixture.site.count("SELECT count(*) FROM recharge WHERE key = 'same-key'") == 1);
  CHECK(running.fixture.site.count("SELECT count(*) FROM audit WHERE action = 'recharge' AND result = 'ok'") == 50);
  const auto checks = verify(running.fixture.site.url(), running.fixture.now);
  REQUIRE(checks);
  for (const Check& check : *checks)
    if (check.name.find("command") == std::string::npos) CHECK_MESSAGE(check.wrong == 0, check.name);
}

TEST_CASE("server: 64 sessions of two tenants at once never see each other's rows") {
  Running running;
  constexpr int kClients = 64, kRounds = 12;
  const std::array<const char*, 2> logins{"admin", "foreign"}, sites{"site", "elsewhere"};
  std::vector<Session> sessions;
  for (int i = 0; i < kClients; ++i) sessions.push_back(running.fixture.log_in(logins[static_cast<std::size_t>(i) % 2]));
  std::atomic<int> wrong = 0, failed = 0, own = 0;
  std::barrier together(kClients);
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&, i] {
      const auto tenant = static_cast<std::size_t>(i) % 2;
      const Session& session = sessions[static_cast<std::size_t>(i)];
      const std::string mark = tenant == 0 ? "甲" : "乙", site = sites[tenant];
      Client client(running);
      const auto ask = [&](http::verb verb, const std::string& target, const std::string& body = {}) {
        const auto response = client.ask(verb, "/api/v1" + target, body, session);
        failed += response.result_int() >= 400 && !(verb == http::verb::get && response.result_int() == 404);
        return response;
      };
      const auto rows = [&](const std::string& target) {
        const auto response = ask(http::verb::get, target);
        return response.result_int() == 200 ? boost::json::parse(response.body()) : boost::json::value(boost::json::object{{"rows", boost::json::array()}});
      };
      together.arrive_and_wait();
      std::int64_t mine = 0;
      for (int round = 0; round < kRounds; ++round) {
        const std::string name = mark + std::to_string(i) + "-" + std::to_string(round);
        const auto made = ask(http::verb::post, "/areas", R"({"site":")" + site + R"(","name":")" + name + R"("})");
        if (made.result_int() == 201) mine = boost::json::parse(made.body()).at("id").as_int64();
        const auto areas = rows("/areas?page_size=100&sort=" + std::string(round % 2 ? "name" : "-name"));
        for (const auto& row : areas.at("rows").as_array()) {
          const bool fits = row.at("site").as_string() == site && std::string_view(row.at("name").as_string()).starts_with(mark);
          ++(fits ? own : wrong);
        }
        const auto who = boost::json::parse(ask(http::verb::get, "/session").body());
        wrong += who.at("user").as_string() != logins[tenant];
        wrong += rows("/meters").at("total").as_int64() != (tenant == 0 ? 3 : 0);
        wrong += (ask(http::verb::get, "/meters/1").result_int() == 200) != (tenant == 0);
        const auto log = rows("/audit?page_size=20"), users = rows("/users");
        for (const auto& row : log.at("rows").as_array()) wrong += row.at("who").as_string() != logins[tenant] && row.at("who").as_string() != "wang";
        for (const auto& row : users.at("rows").as_array()) wrong += (row.at("login").as_string() == "foreign") != (tenant == 1);
        if (mine > 1) {
          // The neighbours' ids are about these: they are either his own tenant's or not there.
          const auto near = ask(http::verb::get, "/areas/" + std::to_string(mine - 1));
          if (near.result_int() == 200) wrong += boost::json::parse(near.body()).at("site").as_string() != site;
        }
      }
    });
  }
  for (auto& client : clients) client.join();
  CHECK(wrong == 0);
  CHECK(failed == 0);
  CHECK(own > kClients * kRounds);
  CHECK(running.fixture.site.count("SELECT count(*) FROM area") == kClients * kRounds);
}

TEST_CASE("server: every answer carries the security headers, and the API is never cached") {
  Running running;
  Client client(running);
  for (const char* target : {"/api/v1/health", "/api/v1/meters", "/", "/nowhere.js"}) {
    const auto response = client.ask(http::verb::get, target);  // one connection: it is kept alive
    CAPTURE(target);
    CHECK(response["X-Content-Type-Options"] == "nosniff");
    CHECK(response["Content-Security-Policy"].find("frame-ancestors 'none'") != beast::string_view::npos);
    CHECK(response["Cache-Control"] == "no-store");
  }
  CHECK(client.ask(http::verb::get, "/api/v1/health").result_int() == 200);
  CHECK(client.ask(http::verb::get, "/api/v1/nothing").result_int() == 404);
  CHECK(client.ask(http::verb::patch, "/api/v1/meters").result_int() == 404);
}

TEST_CASE("server: a body or a header above the limit is refused, and the next client is served") {
  Running running;
  {
    Client client(running);
    http::request<http::empty_body> request(http::verb::post, "/api/v1/session", 11);
    request.set(http::field::host, "anju.test");
    request.set(http::field::content_length, "65537");  // announced only: it is refused before anything is read
    http::request_serializer<http::empty_body> serializer(request);
    http::write_header(client.socket, serializer);
    http::response<http::string_body> response;
    http::read(client.socket, client.buffer, response);
    CHECK(response.result_int() == 413);
  }
  Client client(running);
  CHECK(client.ask(http::verb::get, "/api/v1/health").result_int() == 200);
}

TEST_CASE("server: import: a file may be larger than other bodies, from people who are logged in") {
  Running running;
  const Session session = running.fixture.log_in("admin");
  {
    Client stranger(running);
    http::request<http::empty_body> request(http::verb::post, "/api/v1/houses/import?site=site", 11);
    request.set(http::field::host, "anju.test");
    request.set(http::field::content_length, "1000000");  // announced only
    http::request_serializer<http::empty_body> serializer(request);
    http::write_header(stranger.socket, serializer);
    http::response<http::string_body> response;
    http::read(stranger.socket, stranger.buffer, response);
    CHECK(response.result_int() == 401);
  }
  Client client(running);
  const std::string large(1'000'000, 'x');
  CHECK(client.ask(http::verb::post, "/api/v1/houses/import?site=site", large, session).result_int() == 202);
  CHECK(client.ask(http::verb::get, "/api/v1/health").result_int() == 200);
  CHECK(client.ask(http::verb::post, "/api/v1/houses", large, session).result_int() == 413);
}

TEST_CASE("server: export: a job's file comes from the disk as it is, and the connection stays") {
  Running running;
  const Session session = running.fixture.log_in("admin");
  std::string bytes(3'000'000, 'a');
  for (std::size_t i = 0; i < bytes.size(); i += 997) bytes[i] = static_cast<char>(i % 251);
  NewJob job;
  job.owner = {Scope{.organisation = 1, .below = true}, running.fixture.real_users->find_user("admin")->value().id};
  job.list = "meters";
  job.permission = "meter:export";
  const auto id = running.fixture.jobs->submit(job, [&](JobRun& run) {
    std::ofstream(run.path(), std::ios::binary) << bytes;
    JobEnd end;
    end.file = "电表.xlsx";
    return end;
  });
  REQUIRE(id);
  REQUIRE(running.fixture.jobs->run_one());
  Client client(running);
  const std::string target = "/api/v1/jobs/" + std::to_string(*id) + "/file";
  for (int i = 0; i < 2; ++i) {
    const auto response = client.ask(http::verb::get, target, {}, session);
    CHECK(response.result_int() == 200);
    CHECK(response.body() == bytes);
    CHECK(response["Content-Disposition"].find("filename*=UTF-8''%E7%94%B5%E8%A1%A8.xlsx") != beast::string_view::npos);
    CHECK(response["X-Content-Type-Options"] == "nosniff");
  }
  CHECK(client.ask(http::verb::get, target).result_int() == 401);
}

TEST_CASE("server: releases: a file is fetched without a session, whole or from where it broke off, and the connection stays") {
  Running running;
  const ReleaseShelf& shelf = running.fixture.release_offer.shelf;
  std::string bytes(3'000'000, 'a');
  for (std::size_t i = 0; i < bytes.size(); i += 997) bytes[i] = static_cast<char>(i % 251);
  const std::string hash(64, 'c'), target = "/releases/" + hash;
  REQUIRE(shelf.place(shelf.receive(bytes), hash));
  Client client(running);
  const auto fetch = [&](http::verb verb, const std::string& range, const std::string& if_range = {}) {
    http::request<http::empty_body> request(verb, target, 11);
    request.set(http::field::host, "anju.test");
    if (!range.empty()) request.set(http::field::range, range);
    if (!if_range.empty()) request.set(http::field::if_range, if_range);
    http::write(client.socket, request);
    http::response_parser<http::string_body> parser;
    parser.body_limit(bytes.size() + 1);
    parser.skip(verb == http::verb::head);
    http::read(client.socket, client.buffer, parser);
    return parser.release();
  };
  const auto whole = fetch(http::verb::get, "");
  CHECK(whole.result_int() == 200);
  CHECK(whole.body() == bytes);
  CHECK(whole[http::field::accept_ranges] == "bytes");
  const std::string etag(whole[http::field::etag]);
  CHECK(etag == '"' + hash + '"');
  const auto rest = fetch(http::verb::get, "bytes=2000001-", etag);
  CHECK(rest.result_int() == 206);
  CHECK(rest.body() == bytes.substr(2'000'001));
  CHECK(rest[http::field::content_range] == "bytes 2000001-2999999/3000000");
  CHECK(fetch(http::verb::get, "bytes=5-6").body() == bytes.substr(5, 2));
  CHECK(fetch(http::verb::get, "bytes=5-6", "\"another\"").body() == bytes);
  CHECK(fetch(http::verb::get, "bytes=3000000-").result_int() == 416);
  CHECK(fetch(http::verb::get, "").body() == bytes);  // on the same connection
}

TEST_CASE("server: releases: the largest body is for the route that takes it, and for people who are logged in") {
  Running running;
  const Session session = running.fixture.log_in("admin");
  const auto announced = [&](const std::string& target, std::uint64_t length, const Session& who) {
    Client client(running);
    http::request<http::empty_body> request(http::verb::post, target, 11);
    request.set(http::field::host, "anju.test");
    if (!who.token.empty()) request.set(http::field::cookie, "anju_session=" + who.token);
    request.set(http::field::content_length, std::to_string(length));
    http::request_serializer<http::empty_body> serializer(request);
    http::write_header(client.socket, serializer);
    http::response<http::string_body> response;
    http::read(client.socket, client.buffer, response);
    return response.result_int();
  };
  constexpr std::uint64_t kMost = wire::kMaxRelease;
  CHECK(announced("/api/v1/releases", kMost + 1, session) == 413);
  CHECK(announced("/api/v1/releases", kMost, {}) == 401);
  CHECK(announced("/api/v1/houses/import?site=site", kMost, session) == 413);
  CHECK(announced("/api/v1/houses", kMost, session) == 413);
  Client client(running);
  CHECK(client.ask(http::verb::post, "/api/v1/releases", std::string(1'000'000, 'x'), session).result_int() == 400);  // taken, and no release
}

TEST_CASE("server: HEAD of a file is answered by its header alone, also of a part, and the connection ends there") {
  Running running;
  const std::string hash(64, 'c'), bytes(3'000'000, 'a');
  const ReleaseShelf& shelf = running.fixture.release_offer.shelf;
  REQUIRE(shelf.place(shelf.receive(bytes), hash));
  const auto head = [&](const std::string& fields) {
    Client client(running);
    boost::asio::write(client.socket, boost::asio::buffer("HEAD /releases/" + hash + " HTTP/1.1\r\nHost: anju.test\r\n" + fields + "\r\n"));
    std::string all;
    beast::error_code ended;
    boost::asio::read(client.socket, boost::asio::dynamic_buffer(all), ended);
    CHECK(ended == boost::asio::error::eof);
    return all;
  };
  const std::string whole = head("");
  CHECK(whole.starts_with("HTTP/1.1 200 "));
  CHECK(whole.find("Content-Length: 3000000\r\n") != std::string::npos);
  CHECK(whole.find("Connection: close\r\n") != std::string::npos);
  CHECK(whole.find("\r\n\r\n") + 4 == whole.size());
  const std::string part = head("Range: bytes=5-6\r\n");
  CHECK(part.find("Content-Length: 2\r\n") != std::string::npos);
  CHECK(part.find("\r\n\r\n") + 4 == part.size());
}

namespace {

/// A client that announced a body of a release and has not sent it.
struct Uploader : Client {
  Uploader(const Running& running, const Session& session, std::size_t length) : Client(running) {
    const std::string header = "POST /api/v1/releases HTTP/1.1\r\nHost: anju.test\r\nX-CSRF-Token: " + session.csrf + "\r\nCookie: anju_session=" + session.token +
                               "\r\nContent-Length: " + std::to_string(length) + "\r\n\r\n";
    boost::asio::write(socket, boost::asio::buffer(header));
  }
  void send(const std::string& body) { boost::asio::write(socket, boost::asio::buffer(body)); }
  /// The status; 0: the connection ended without an answer.
  unsigned status() {
    http::response<http::string_body> response;
    beast::error_code failed;
    http::read(socket, buffer, response, failed);
    return failed ? 0 : response.result_int();
  }
};

/// Sessions are looked up once the test says so.
struct GatedUsers : FailingUserStore {
  std::unique_ptr<FailingUserStore> before;  ///< the fixture's own API asks it
  std::shared_future<void> open;
  GatedUsers(ApiFixture& fixture, std::shared_future<void> gate) : FailingUserStore(*fixture.real_users), before(std::move(fixture.users)), open(std::move(gate)) {}
  base::Result<std::optional<Found>> find_session(std::string_view hash) override {
    open.wait_for(std::chrono::seconds(10));
    return FailingUserStore::find_session(hash);
  }
};

/// Takes a release once the test says so.
struct GatedReleases : ReleaseDesk {
  std::unique_ptr<ReleaseDesk> real;
  std::promise<void>& entered;
  std::shared_future<void> open;
  GatedReleases(std::unique_ptr<ReleaseDesk> desk, std::promise<void>& tell, std::shared_future<void> gate)
      : real(std::move(desk)), entered(tell), open(std::move(gate)) {}
  base::Result<AddedRelease> add(const Scope& scope, const NewRelease& release, const std::function<bool()>& place, const AuditEntry& audit) override {
    entered.set_value();
    open.wait_for(std::chrono::seconds(10));
    return real->add(scope, release, place, audit);
  }
  base::Result<std::vector<ReleaseRow>> list(const Scope& scope) override { return real->list(scope); }
  base::Result<HeldRelease> hold(const Scope& scope, std::int64_t id) override { return real->hold(scope, id); }
  base::Result<std::string> remove(const Scope& scope, std::int64_t id, const AuditEntry& audit) override { return real->remove(scope, id, audit); }
  base::Result<std::vector<std::string>> files() override { return real->files(); }
};

}  // namespace

TEST_CASE("server: releases: without the permission nothing of the body is awaited, and the refusal is written down") {
  ServerOptions options;
  options.release_timeout = base::seconds(1);
  Running running(options);
  running.fixture.add("watcher", 1, {"meter:read"}, false, false);
  const Session session = running.fixture.log_in("watcher");
  CHECK(Uploader(running, session, wire::kMaxRelease).status() == 403);
  CHECK(running.fixture.site.count("SELECT count(*) FROM audit WHERE action = 'upload_release' AND result = 'forbidden'") == 1);
}

TEST_CASE("server: releases: of two that begin while their sessions are looked up one is let in") {
  ServerOptions options;
  options.release_timeout = base::seconds(1);
  std::promise<void> gate;
  const std::shared_future<void> open = gate.get_future().share();
  Running running(options, [&](ApiFixture& fixture) { fixture.users = std::make_unique<GatedUsers>(fixture, open); });
  const Session one = running.fixture.log_in("admin"), other = running.fixture.log_in("admin");
  Uploader first(running, one, 100), second(running, other, 100);
  Client third(running);
  for (int i = 0; i < 3; ++i) REQUIRE(third.ask(http::verb::get, "/api/v1/health").result_int() == 200);  // behind them both
  gate.set_value();
  // One is told busy; of the other the body is awaited, in vain.
  CHECK(std::set<unsigned>{first.status(), second.status()} == std::set<unsigned>{0, 503});
}

TEST_CASE("server: releases: a place is taken until the answer, not until the last byte") {
  ServerOptions options;
  options.release_timeout = base::seconds(5);
  std::promise<void> gate, entered;
  const std::shared_future<void> open = gate.get_future().share();
  Running running(options, [&](ApiFixture& fixture) { fixture.releases = std::make_unique<GatedReleases>(std::move(fixture.releases), entered, open); });
  const Session session = running.fixture.log_in("admin");
  const std::string program = "program";
  wire::ProgramHash hash;
  hash.add(program.data(), program.size());
  std::string manifest = wire::manifest_text();
  manifest.replace(manifest.find(std::string(64, '0')), 64, hash.digits());
  const std::string file = wire::Maker(1).release(manifest, program);
  Uploader first(running, session, file.size());
  first.send(file);
  REQUIRE(entered.get_future().wait_for(std::chrono::seconds(10)) == std::future_status::ready);
  CHECK(Uploader(running, session, 3).status() == 503);
  gate.set_value();
  CHECK(first.status() == 201);
  Uploader next(running, session, 3);
  next.send("xxx");
  CHECK(next.status() == 400);
}

TEST_CASE("server: connections beyond the limit are closed, the earlier ones are served") {
  ServerOptions options;
  options.most_per_address = 2;
  Running running(options);
  Client one(running), two(running);
  CHECK(one.ask(http::verb::get, "/api/v1/health").result_int() == 200);
  CHECK(two.ask(http::verb::get, "/api/v1/health").result_int() == 200);
  Client three(running);
  CHECK_THROWS(three.ask(http::verb::get, "/api/v1/health"));
  CHECK(one.ask(http::verb::get, "/api/v1/health").result_int() == 200);
}

TEST_CASE("server: a port in use is named") {
  Running running;
  ServerOptions options;
  options.port = running.server->port();
  Ports api{*running.ledger,
            *running.fixture.queries,
            *running.fixture.users,
            *running.fixture.records,
            *running.fixture.organisations,
            *running.fixture.housing,
            *running.fixture.records,
            *running.fixture.sheets,
            *running.fixture.reader,
            *running.fixture.jobs,
            running.fixture.files,
            *running.fixture.reports,
            *running.fixture.analysis,
            *running.fixture.points,
            *running.fixture.messages,
            *running.fixture.bound,
            *running.ledger,
            {},
            {},
            {},
            *running.fixture.enrolments,
            {},
            {},
            {},
            {},
            [] { return base::UtcMillis(); },
            {},
            *running.fixture.releases,
            running.fixture.release_offer};
  EventHub hub;
  const auto second = Server::create(options, std::move(api), hub, {});
  REQUIRE_FALSE(second);
  CHECK(second.error().is(ListenErrc::in_use));
  CHECK(second.error().where.find(std::to_string(options.port)) != std::string::npos);
}

namespace {

struct EventStream {
  boost::asio::io_context io;
  beast::websocket::stream<tcp::socket, false> socket{io};
  beast::error_code failed;
  EventStream(const Running& running, const std::string& token, const std::string& origin) {
    beast::get_lowest_layer(socket).connect(running.endpoint());
    socket.set_option(
        beast::websocket::stream_base::decorator([token, origin](beast::websocket::request_type& request) {
          if (!token.empty()) request.set(http::field::cookie, "anju_session=" + token);
          if (!origin.empty()) request.set(http::field::origin, origin);
        }));
    socket.handshake("anju.test", "/api/v1/events", failed);
  }
};

}  // namespace

TEST_CASE("server: the event stream tells the own organisation what changed, and is closed to strangers") {
  Running running;
  CHECK(EventStream(running, "", "").failed == beast::websocket::error::upgrade_declined);
  const Session session = running.fixture.log_in("admin");
  CHECK(EventStream(running, session.token, "http://evil.test").failed == beast::websocket::error::upgrade_declined);

  EventStream stream(running, session.token, "http://anju.test");
  REQUIRE_FALSE(stream.failed);
  // The subscription follows the handshake on the server's loop: a request behind it is answered after it.
  Client client(running);
  REQUIRE(client.ask(http::verb::get, "/api/v1/session", "", session).result_int() == 200);
  REQUIRE(
      client.ask(http::verb::post, "/api/v1/meters/1/recharges", R"({"id":"ws","amount":"1","method":"cash"})", session)
          .result_int() == 201);
  std::set<std::string> types;
  while (!types.contains("ledger") || !types.contains("home")) {
    beast::flat_buffer buffer;
    stream.socket.read(buffer);
    types.insert(boost::json::parse(beast::buffers_to_string(buffer.data())).at("type").as_string().c_str());
  }
  CHECK_FALSE(types.contains("live"));
}

TEST_CASE("server: a right that was taken away holds for the next event: the stream says nothing further and ends") {
  Running running;
  running.fixture.add("watcher", 1, {"meter:read"}, false, false);
  const Session admin = running.fixture.log_in("admin"), session = running.fixture.log_in("watcher");
  EventStream stream(running, session.token, "http://anju.test");
  REQUIRE_FALSE(stream.failed);
  Client client(running), other(running);
  REQUIRE(client.ask(http::verb::get, "/api/v1/session", "", session).result_int() == 200);
  const auto recharge = [&](const std::string& id) {
    return other.ask(http::verb::post, "/api/v1/meters/1/recharges", R"({"id":")" + id + R"(","amount":"1","method":"cash"})", admin).result_int();
  };
  REQUIRE(recharge("before") == 201);
  std::string heard;
  while (heard.find("ledger") == std::string::npos) {
    beast::flat_buffer buffer;
    stream.socket.read(buffer);
    heard += beast::buffers_to_string(buffer.data());
  }
  CHECK(heard.find("home") == std::string::npos);  // he has no right to that
  soci::session sql;
  REQUIRE(open_session(sql, running.fixture.site.url()));
  run_script(sql, "UPDATE \"user\" SET permissions = 'home:read' WHERE login = 'watcher'");
  REQUIRE(client.ask(http::verb::put, "/api/v1/session/settings", R"({"theme":"dark"})", admin).result_int() == 204);
  REQUIRE(recharge("after") == 201);
  heard.clear();
  beast::error_code ended;
  while (!ended) {
    beast::flat_buffer buffer;
    stream.socket.read(buffer, ended);
    heard += beast::buffers_to_string(buffer.data());
  }
  CHECK(ended == beast::websocket::error::closed);
  CHECK(stream.socket.reason().code == beast::websocket::close_code::policy_error);
  CHECK(heard.find("ledger") == std::string::npos);
}

TEST_CASE("server: only the proxy's word about the client's address is believed, and of that the last") {
  const auto address = [](const char* peer, const char* proxy, const char* forwarded) {
    return client_address(peer, proxy, forwarded);
  };
  CHECK(address("127.0.0.1", "127.0.0.1", "203.0.113.9") == "203.0.113.9");
  CHECK(address("127.0.0.1", "127.0.0.1", "192.0.2.1, 203.0.113.9") == "203.0.113.9");  // the first was invented
  CHECK(address("127.0.0.1", "127.0.0.1", "2001:db8::1 ") == "2001:db8::1");
  CHECK(address("198.51.100.7", "127.0.0.1", "203.0.113.9") == "198.51.100.7");
  CHECK(address("127.0.0.1", "", "203.0.113.9") == "127.0.0.1");
  for (const char* wrong : {"", "unknown", "203.0.113.9,", "203.0.113.9:443", "1\n2"})
    CHECK(address("127.0.0.1", "127.0.0.1", wrong) == "127.0.0.1");
}

TEST_CASE("server: behind a proxy one stranger's wrong passwords make nobody else wait") {
  ServerOptions options;
  options.proxy = "127.0.0.1";
  Running running(options);
  Client proxy(running);
  const auto log_in = [&](const std::string& from, const std::string& user, const std::string& password) {
    http::request<http::string_body> request(http::verb::post, "/api/v1/session", 11);
    request.set(http::field::host, "anju.test");
    request.set(http::field::content_type, "application/json");
    request.insert("X-Forwarded-For", "203.0.113.200");  // by the client
    request.insert("X-Forwarded-For", from);             // by the proxy
    request.body() = R"({"user":")" + user + R"(","password":")" + password + "\"}";
    request.prepare_payload();
    http::write(proxy.socket, request);
    http::response<http::string_body> response;
    http::read(proxy.socket, proxy.buffer, response);
    return response.result_int();
  };
  for (int i = 0; i < 20; ++i) CHECK(log_in("203.0.113.9", "name" + std::to_string(i), "no") == 401);
  CHECK(log_in("203.0.113.9", "admin", ApiFixture::kPassword) == 423);
  CHECK(log_in("203.0.113.10", "admin", ApiFixture::kPassword) == 200);
}
