// `anju-gateway enroll`: makes this box a gateway of the platform by a code. Nothing is asked before the files can be written, and the number
// that the box asks with is kept until they are, so neither a bad signal nor a power cut burns the code.

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <random>
#include <string>
#include <thread>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "gateway/app/verbs.hpp"
#include "gateway/core/enrolment.hpp"
#include "gateway/releases/durable_file.hpp"
#include "gateway/uplink/https.hpp"

namespace anju::gateway {
namespace {

constexpr std::chrono::milliseconds kTimeout(20'000);
constexpr std::size_t kNonceDigits = 32;

int complain(const std::string& line, int code) {
  std::cerr << "anju-gateway: " << line << "\n";
  return code;
}

bool is_nonce(const std::string& text) { return text.size() == kNonceDigits && text.find_first_not_of("0123456789abcdef") == std::string::npos; }

/// The number of an attempt that was interrupted, else a new one.
std::string nonce_of(const std::string& file) {
  std::string nonce;
  if (std::ifstream(file) >> nonce && is_nonce(nonce)) return nonce;
  std::random_device chance;
  nonce.clear();
  while (nonce.size() < kNonceDigits) {
    std::array<char, 9> digits{};
    std::snprintf(digits.data(), digits.size(), "%08x", chance());
    nonce += digits.data();
  }
  return nonce;
}

/// "message" of the platform's refusal, as it stands there.
std::string message_of(const WebAnswer& answer) {
  boost::system::error_code no_json;
  const auto body = boost::json::parse(answer.body, no_json);
  const auto* object = no_json ? nullptr : body.if_object();
  const auto* message = object == nullptr ? nullptr : object->if_contains("message");
  const auto* text = message == nullptr ? nullptr : message->if_string();
  const std::string status = "status " + std::to_string(answer.status);
  return text == nullptr ? status + "; is this the platform's address?" : std::string(text->c_str()) + " (" + status + ")";
}

/// Asks until there is an answer that decides. Error: of the last try.
base::Result<WebAnswer> ask(const WebAddress& address, const Trust& trust, const std::string& body) {
  for (int attempt = 1;; ++attempt) {
    auto answer = post_json(address, trust, "/api/v1/enrolments", body, wire::kMaxEnrolment, kTimeout);
    const bool again = answer ? step_after(answer->status) == EnrolStep::again : answer.error().is(WebErrc::unreachable);
    if (!again || attempt == kMostEnrolTries) return answer;
    const auto pause = pause_before(attempt, answer ? answer->retry_after_s : 0);
    std::cerr << (answer ? message_of(*answer) : "no answer from the platform (" + answer.error().where + ")") << "; trying again in " << pause << " s\n";
    std::this_thread::sleep_for(std::chrono::seconds(pause));
  }
}

/// Key first, configuration last: what is there when the power goes is either nothing that runs, or all of it.
std::string keep(const wire::Enrolment& enrolment, const EnrolledFiles& files) {
  std::error_code failed;
  std::filesystem::create_directories(files.data, failed);
  if (failed) return files.data + ": cannot be made (" + failed.message() + ")";
  struct stat folder {};
  const auto home = std::filesystem::path(files.config).parent_path();
  if (::geteuid() == 0 && ::stat(home.c_str(), &folder) == 0 && ::chown(files.data.c_str(), folder.st_uid, folder.st_gid) != 0)
    return files.data + ": cannot be handed to the owner of " + home.string() + " (" + std::strerror(errno) + ")";
  std::string wrong = write_durably(files.key, enrolment.key + "\n");
  if (wrong.empty() && !files.ca.empty()) wrong = write_durably(files.ca, enrolment.ca);
  if (wrong.empty()) wrong = write_durably(files.config, config_text(enrolment, files));
  return wrong;
}

void print(const wire::Enrolment& enrolment, const EnrolledFiles& files, bool json) {
  if (json) {
    std::cout << boost::json::serialize(boost::json::object{
                     {"site", enrolment.site.value}, {"gateway", enrolment.gateway.value}, {"config", files.config}, {"broker", enrolment.broker_url}})
              << "\n";
    return;
  }
  std::cout << "This box is gateway " << enrolment.gateway.value << " of site " << enrolment.site.value << ".\n"
            << "  " << files.config << "\n  " << files.key << "\n";
  if (!files.ca.empty()) std::cout << "  " << files.ca << "\n";
  if (enrolment.user.empty()) std::cout << "The platform gave no login for the broker: if it asks for one, write user and password, or a certificate, below [mqtt].\n";
  std::cout << "Start it with: anju-gateway run --config " << files.config << "\n";
}

}  // namespace

int enroll_gateway(const EnrollOptions& options) {
  const auto address = parse_platform(options.platform);
  if (!address) return complain("--platform " + options.platform + ": " + address.error().where, 2);
  const auto code = wire::read_code(options.code);
  if (!code) return complain("--code: ten characters as in ABCDE-23456, of 2-9 and A-Z without I, L, O and U", 2);
  if (!options.pin.empty() && !wire::is_pin(options.pin)) return complain("--pin: sha256// and 44 characters, as the console shows it under the code", 2);
  if (!address->tls && (!options.pin.empty() || !options.ca_file.empty())) return complain("--ca and --pin say whom to believe at an https address; this one is http", 2);
  if (!address->tls && !is_loopback(*address)) {
    if (!options.insecure)
      return complain("--platform " + options.platform + ": the key of this gateway would travel readable for everybody on the way; use https://, or say --insecure", 2);
    std::cerr << "WARNING: --insecure: whoever listens on the way to " << address->host << " can be this gateway from now on.\n";
  }
  std::error_code failed;
  const std::string config = std::filesystem::absolute(options.config, failed).string();
  if (std::filesystem::exists(config, failed) && !options.force)
    return complain(config + " is there already: this box is a gateway; --force makes it another one and replaces the file", 2);
  const std::string data = options.data.empty() ? std::string() : std::filesystem::absolute(options.data, failed).string();
  std::filesystem::create_directories(std::filesystem::path(config).parent_path(), failed);
  const std::string pending = config + ".enrolling";
  const std::string nonce = nonce_of(pending);
  if (const auto wrong = write_durably(pending, nonce + "\n"); !wrong.empty()) return complain(wrong + "; nothing was asked, the code is as good as before", 2);

  const std::string body = boost::json::serialize(boost::json::object{{"code", *code}, {"nonce", nonce}});
  const auto answer = ask(*address, {options.ca_file, options.pin}, body);
  if (!answer && answer.error().is(WebErrc::bad_trust)) return complain("--ca " + answer.error().where, 2);
  if (!answer) {
    const bool lost = answer.error().is(WebErrc::unreachable);
    return complain(options.platform + ": " + answer.error().where + (lost ? "; the same command again goes on where this one ended" : ""), 1);
  }
  // The number stays until the files are written: a code that was mistyped meanwhile must not cost the right one its answer.
  if (step_after(answer->status) != EnrolStep::done) {
    return complain("the platform refuses: " + message_of(*answer), 1);
  }
  const auto enrolment = wire::decode_enrolment(answer->body);
  if (!enrolment) return complain("the platform's answer cannot be used (" + text_of(enrolment.error()) + "); is this program as new as the platform?", 1);
  const EnrolledFiles files = files_of(*enrolment, config, data);
  if (const auto wrong = keep(*enrolment, files); !wrong.empty()) return complain(wrong + "; put that right and repeat the command within ten minutes", 1);
  ::unlink(pending.c_str());
  print(*enrolment, files, options.json);
  return 0;
}

}  // namespace anju::gateway
