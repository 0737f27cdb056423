// How long the office's lists take on the real platform with 1 000 000 meters, 100 000 houses and 100 000 rooms of one company: one
// person asks over HTTP, one question after the other; p50 and p95 of each. Beside it, in the same run, the floor: what the same
// connection takes for one row of a small table by its id. The limit that is held against it: 50 ms at p95.
//   bench_lists [--json FILE] [--quick] [--keep FOLDER]      (--keep: the database stays there and is used again)

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/bench/http_load.hpp"
#include "tests/bench/lists_database.hpp"

extern char** environ;

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using anju::bench::HttpLoad;

constexpr double kLimitMs = 50;

struct Case {
  const char* name;
  const char* target;  ///< N stands for a number that differs from question to question
};
constexpr Case kCases[] = {
    {"floor: one row by its id", "/house-types/1"},
    {"meters, first page", "/meters"},
    {"meters, any page", "/meters?page=N50000"},
    {"meters by room, any page", "/meters?sort=room&page=N50000"},
    {"meters by name from the end", "/meters?sort=-name&page=N50000"},
    {"meters of a gateway", "/meters?gateway=gw-0777"},
    {"meters in arrears", "/meters?account_state=arrears"},
    {"meters not in arrears, any page", "/meters?account_state=normal&sort=address&page=N49000"},
    {"meters cut off", "/meters?relay=open"},
    {"meters out of reach", "/meters?reachable=false"},
    {"meters found: a room", "/meters?search=N999-2-0042"},
    {"meters found: an address' end", "/meters?search=N9999"},
    {"meters found: many, any page", "/meters?search=%E7%94%B5%E8%A1%A8&sort=name&page=N50000"},
    {"meters found: one digit", "/meters?search=N9"},
    {"meters found: two letters, nothing", "/meters?search=zz"},
    {"meters found: a word, nothing", "/meters?search=zzzz"},
    {"one meter", "/meters/N1000000"},
    {"houses, first page", "/houses"},
    {"houses, any page", "/houses?page=N5000"},
    {"houses by owner, any page", "/houses?sort=owner&page=N5000"},
    {"houses by area from the end", "/houses?sort=-area&page=N5000"},
    {"houses of a building", "/houses?building=N1000"},
    {"houses found: an owner", "/houses?search=%E7%8E%8B%E5%BB%BAN999"},
    {"houses found: many", "/houses?search=13&page=N50"},
    {"houses found: nothing", "/houses?search=zzzz"},
    {"rooms, first page", "/rooms"},
    {"rooms, last page", "/rooms?page=5000"},
    {"rooms, any page", "/rooms?page=N5000"},
    {"rooms by name, any page", "/rooms?sort=name&page=N5000"},
    {"rooms by number from the end", "/rooms?sort=-number&page=N5000"},
    {"rooms found: a number", "/rooms?search=N99999"},
    {"rooms found: many", "/rooms?search=%E5%8F%B7%E6%A5%BC&sort=name&page=N50"},
    {"rooms found: many, any page", "/rooms?search=%E5%8F%B7%E6%A5%BC&page=N5000"},
    {"rooms found: many, by name, any page", "/rooms?search=%E5%8F%B7%E6%A5%BC&sort=name&page=N5000"},
    {"rooms found: nothing", "/rooms?search=zzzz"},
    {"rooms found: nothing, by name", "/rooms?search=zzzz&sort=name"},
    {"desk: a house", "/desk?search=N999-0101"},
    {"desk: a meter's address", "/desk?search=0000N9999"},
    {"desk: a name", "/desk?search=%E7%8E%8B%E5%BB%BA"},
    {"desk: nothing", "/desk?search=zzzz"},
};

std::string with_numbers(const char* target, std::mt19937& random) {
  std::string made;
  for (const char* at = target; *at != 0;) {
    if (*at != 'N') {
      made += *at++;
      continue;
    }
    char* end = nullptr;
    const long most = std::strtol(at + 1, &end, 10);
    made += std::to_string(std::uniform_int_distribution<long>(1, most)(random));
    at = end;
  }
  return made;
}

pid_t spawn(std::vector<std::string> arguments, const std::string& output) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  std::vector<char*> raw;
  for (std::string& one : arguments) raw.push_back(one.data());
  raw.push_back(nullptr);
  pid_t id = -1;
  if (posix_spawn(&id, raw[0], &actions, nullptr, raw.data(), environ) != 0) id = -1;
  posix_spawn_file_actions_destroy(&actions);
  return id;
}

int wait_for(pid_t id) {
  int status = 0;
  waitpid(id, &status, 0);
  return status;
}

std::string text_of(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

double resident_megabytes(pid_t of) {
  std::ifstream status("/proc/" + std::to_string(of) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmRSS:")) return static_cast<double>(std::strtoll(line.c_str() + 6, nullptr, 10)) / 1024;
  return 0;
}

/// The word behind `key` at the beginning of a line.
std::string word_behind(const std::string& text, const std::string& key) {
  const auto at = ("\n" + text).find("\n" + key + " ");
  if (at == std::string::npos) return "";
  const auto from = text.find_first_not_of(' ', at + key.size());
  return text.substr(from, text.find_first_of(" \n", from) - from);
}

std::string string_of(const std::string& json, const std::string& key) {
  const auto at = json.find("\"" + key + "\":\"");
  if (at == std::string::npos) return "";
  const auto from = at + key.size() + 4;
  return json.substr(from, json.find('"', from) - from);
}

constexpr const char* kPassword = "a-Password-for-benches-1";

/// The headers of a session; empty: said on stderr why not.
std::string log_in(HttpLoad& http, const std::string& drawn) {
  const auto session = [&](const std::string& password) {
    return http.ask("POST", "/session", R"({"user":"admin","password":")" + password + "\"}");
  };
  const auto headers_of = [](const HttpLoad::Answer& answer) {
    const auto at = answer.head.find("Set-Cookie: ");
    const std::string cookie = at == std::string::npos ? "" : answer.head.substr(at + 12, answer.head.find(';', at) - at - 12);
    return "Cookie: " + cookie + "\r\nX-CSRF-Token: " + string_of(answer.body, "csrf_token") + "\r\n";
  };
  auto answer = session(kPassword);
  if (answer.status == 200) return headers_of(answer);
  answer = session(drawn);
  const std::string headers = headers_of(answer);
  const auto changed = http.ask("PUT", "/session/password", R"({"old_password":")" + drawn + R"(","new_password":")" + kPassword + "\"}", headers);
  if (answer.status == 200 && changed.status < 300) return headers;
  std::fprintf(stderr, "cannot log in: %d, then %d\n%s\n", answer.status, changed.status, changed.body.c_str());
  return "";
}

int conduct(const std::string& program, const std::string& json, const std::string& kept, int asked) {
  std::random_device seed;
  const int port = 20'000 + static_cast<int>(seed() % 20'000);
  const fs::path folder = kept.empty() ? fs::temp_directory_path() / ("anju-lists-" + std::to_string(port)) : fs::path(kept);
  fs::create_directories(folder);
  const std::string config = folder / "platform.toml", database = folder / "anju.db";
  std::ofstream(config) << "database = \"sqlite:" << database << "\"\nlisten = \"127.0.0.1:" << port << "\"\nweb = \"" << folder.string() << "\"\nkeys = \""
                        << (folder / "keys").string() << "\"\n[mqtt]\nurl = \"mqtt://127.0.0.1:1\"\n";
  if (!fs::exists(database)) {
    if (wait_for(spawn({program, "init", "--config", config}, folder / "init.txt")) != 0) return 2;
    const auto began = Clock::now();
    if (!anju::bench::fill_lists_database(database)) return 2;
    std::fprintf(stderr, "filled in %.0f s, %.0f MB\n", std::chrono::duration<double>(Clock::now() - began).count(), static_cast<double>(fs::file_size(database)) / 1e6);
  }
  const auto started = Clock::now();
  const pid_t platform = spawn({program, "serve", "--config", config}, folder / "log.txt");
  HttpLoad http(static_cast<std::uint16_t>(port));
  for (int i = 0; i < 600 && http.ask("GET", "/health").status == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(100));
  const double start_s = std::chrono::duration<double>(Clock::now() - started).count();
  const std::string session = log_in(http, word_behind(text_of(folder / "init.txt"), "password"));

  int status = session.empty() ? 2 : 0;
  double floor = 0;
  int slow = 0;
  std::string rows;
  const double resident_mb = resident_megabytes(platform);
  if (status == 0) std::printf("the platform started in %.1f s and has %.0f MB in memory\n", start_s, resident_mb);
  if (status == 0) std::printf("%-36s %8s %8s %8s %10s\n", "case", "p50 ms", "p95 ms", "/floor", "total");
  for (const Case& one : kCases) {
    if (status != 0) break;
    std::mt19937 random(7);
    std::vector<double> took;
    std::string last;
    for (int i = 0; i < asked + 5; ++i) {
      const std::string target = with_numbers(one.target, random);
      const auto began = Clock::now();
      const auto answer = http.ask("GET", target, {}, session);
      // The first ones find cold pages, which they leave warm for all others.
      if (i >= 5) took.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
      if (answer.status != 200) {
        std::fprintf(stderr, "%s: %d %s\n", target.c_str(), answer.status, answer.body.substr(0, 300).c_str());
        status = 1;
        break;
      }
      last = answer.body;
    }
    if (status != 0) break;
    std::sort(took.begin(), took.end());
    const double p50 = took[took.size() / 2], p95 = took[took.size() * 95 / 100];
    if (floor == 0) floor = p50;
    slow += p95 > kLimitMs ? 1 : 0;
    const auto at = last.find("\"total\":");
    const std::string total = at == std::string::npos ? "" : last.substr(at + 8, last.find_first_of(",}", at) - at - 8);
    std::printf("%-36s %8.2f %8.2f %8.0f %10s%s\n", one.name, p50, p95, p50 / floor, total.c_str(), p95 > kLimitMs ? "  ABOVE 50 ms" : "  ok");
    std::fflush(stdout);
    for (const auto& [metric, value, unit] : {std::tuple{"p50", p50, "ms"}, std::tuple{"p95", p95, "ms"}, std::tuple{"ratio_to_floor", p50 / floor, ""}}) {
      char text[256];
      std::snprintf(text, sizeof text, "%s\n{\"bench\":\"lists\",\"case\":\"%s\",\"metric\":\"%s\",\"value\":%.4g,\"unit\":\"%s\"}", rows.empty() ? "" : ",", one.name, metric, value, unit);
      rows += text;
    }
  }
  if (status == 0) {
    if (slow == 0) std::printf("PASS: every question is answered within %.0f ms at p95\n", kLimitMs);
    else std::printf("%d questions take longer than %.0f ms at p95\n", slow, kLimitMs);
    status = slow == 0 ? 0 : 1;
  }
  kill(platform, SIGTERM);
  wait_for(platform);
  if (kept.empty()) fs::remove_all(folder);
  if (!json.empty()) std::ofstream(json) << "[" << rows << "\n]\n";
  return status;
}

}  // namespace

int main(int argc, char** argv) {
  std::string json, kept;
  int asked = 100;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--quick") == 0) asked = 20;
    if (std::strcmp(argv[i], "--json") == 0 && i + 1 < argc) json = argv[++i];
    if (std::strcmp(argv[i], "--keep") == 0 && i + 1 < argc) kept = argv[++i];
  }
  return conduct(fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "bin/anju-platform", json, kept, asked);
}
