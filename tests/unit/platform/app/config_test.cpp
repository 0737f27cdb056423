#include "platform/app/config.hpp"

#include <stdlib.h>

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

namespace anju::platform {
namespace {

class File {
 public:
  File() {
    char name[] = "/tmp/anju-config-XXXXXX";
    REQUIRE(::mkdtemp(name) != nullptr);
    folder_ = name;
  }
  ~File() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] std::string path() const { return folder_ + "/platform.toml"; }
  [[nodiscard]] ConfigResult read(const std::string& text) const {
    std::ofstream(path()) << text;
    return read_config(path());
  }

 private:
  std::string folder_;
};

constexpr const char* kLeast = "database = \"sqlite:/var/lib/anju/platform.db\"\nkeys = \"/var/lib/anju/keys\"\n";

}  // namespace

TEST_CASE("platform.toml: two keys are enough, the others have values that are safe on one machine") {
  const auto result = File().read(kLeast);
  CHECK(result.problem == "");
  const Config& config = result.config;
  CHECK(config.database == "sqlite:/var/lib/anju/platform.db");
  CHECK(config.keys == "/var/lib/anju/keys");
  CHECK(config.files == "/var/lib/anju/files");
  CHECK(config.host == "127.0.0.1");
  CHECK(config.port == 8080);
  CHECK(config.mqtt.url == "mqtt://127.0.0.1:1883");
  CHECK_FALSE(config.auth.secure_cookie);
  CHECK(config.auth.idle == base::minutes(30));
  CHECK(config.auth.absolute == base::hours(12));
  CHECK(config.log_level == "info");
  CHECK(config.proxy.empty());
  CHECK(config.keep_readings_days == 0);
}

TEST_CASE("platform.toml: where gateways reach the platform, and whose releases it takes") {
  const File file;
  const Config least = file.read(kLeast).config;
  CHECK(least.public_url.empty());
  CHECK(least.releases.folder == "/var/lib/anju/releases");
  CHECK(least.releases.keys.empty());
  const auto told = file.read(std::string(kLeast) + "[http]\npublic_url = \"https://anju.example.com/\"\n[releases]\nfolder = \"/srv/releases\"\nkeys = \"/etc/anju/release-keys\"\n");
  CHECK(told.problem == "");
  CHECK(told.config.public_url == "https://anju.example.com");
  CHECK(told.config.releases.folder == "/srv/releases");
  CHECK(told.config.releases.keys == "/etc/anju/release-keys");
  for (const std::string& wrong : {std::string("anju.example.com"), std::string("https://"), std::string("ftp://x"), std::string("https://a b"), "https://" + std::string(200, 'a')}) {
    CAPTURE(wrong);
    CHECK(file.read(std::string(kLeast) + "[http]\npublic_url = \"" + wrong + "\"\n").problem.find("http.public_url") != std::string::npos);
  }
  CHECK(file.read(std::string(kLeast) + "[releases]\nkey = \"x\"\n").problem.find("releases.key") != std::string::npos);
}

TEST_CASE("platform.toml: raw readings are kept for ever or for 400 days at least") {
  for (const char* good : {"0", "400", "730", "36500"}) {
    const auto result = File().read("keep_readings_days = " + std::string(good) + "\n" + kLeast);
    CHECK(result.problem == "");
    CHECK(std::to_string(result.config.keep_readings_days) == good);
  }
  for (const char* bad : {"1", "399", "-1", "36501", "\"500\"", "400.5", "true"}) {
    const auto result = File().read("keep_readings_days = " + std::string(bad) + "\n" + kLeast);
    CHECK_MESSAGE(result.problem.find(":1: `keep_readings_days` must be") != std::string::npos, bad << ": " << result.problem);
  }
}

TEST_CASE("platform.toml: what it says is taken") {
  const auto result = File().read(std::string("listen = \"[::1]:443\"\n") + kLeast +
                                  "[http]\nproxy = \"10.0.0.1\"\nsecure_cookie = true\nsession_hours = 1\n"
                                             "[log]\nlevel = \"warning\"\n[mqtt]\nurl = \"mqtts://b:8883\"\n");
  CHECK(result.problem == "");
  const Config& config = result.config;
  CHECK(config.host == "::1");
  CHECK(config.port == 443);
  CHECK(config.proxy == "10.0.0.1");
  CHECK(config.auth.secure_cookie);
  CHECK(config.auth.absolute == base::hours(1));
  CHECK(config.mqtt.url == "mqtts://b:8883");
  CHECK(config.log_level == "warning");
}

TEST_CASE("platform.toml: a mistake is one line that names the file, the line, the key and the rule") {
  const File file;
  struct Row {
    std::string text, said;
  };
  const std::string least = kLeast;
  for (const Row& row : {
           Row{"keys = \"k\"\n", ": missing key `database`; add e.g. database = \"sqlite:/var/lib/anju/platform.db\""},
           Row{"database = \"sqlite:a\"\n", ": missing key `keys`; add e.g. keys = \"/var/lib/anju/keys\""},
           Row{"database = 7\nkeys = \"k\"\n", ":1: `database` must be text in quotes"},
           Row{"keys = \"k\"\ndatabase = \"a.db\"\n", ":2: `database` must be sqlite:PATH"},
           Row{"database = \"sqlite:\"\nkeys = \"k\"\n", ":1: `database` must be sqlite:PATH"},
           Row{least + "listen = \"8080\"\n", "`listen` must be ADDRESS:PORT, e.g. \"127.0.0.1:8080\"; the port is missing"},
           Row{least + "listen = \"127.0.0.1:65536\"\n", "`listen` must be ADDRESS:PORT, e.g. \"127.0.0.1:8080\"; a port is a number from 0 to 65535"},
           Row{least + "listen = \"::1:8080\"\n", "`listen` must be ADDRESS:PORT, e.g. \"127.0.0.1:8080\"; an IPv6 address stands in brackets, like [::1]:8080"},
           Row{least + "listen = \"127.0.0.1:80x\"\n", "`listen` must be ADDRESS:PORT"},
           Row{least + "listn = \"127.0.0.1:80\"\n",
               ":3: unknown key `listn`; known here: database listen web keys files mqtt log http messages"},
           Row{least + "[mqtt]\nusr = \"x\"\n",
               ":4: unknown key `mqtt.usr`; known here: url user password ca_file certificate_file key_file"},
           Row{least + "mqtt = \"x\"\n", ":3: `mqtt` must be a table: [mqtt]"},
           Row{least + "[http]\nsession_hours = 169\n", ":4: `http.session_hours` must be a whole number from 1 to 168"},
           Row{least + "[http]\nsession_idle_minutes = 1.5\n",
               ":4: `http.session_idle_minutes` must be a whole number from 1 to 1440"},
           Row{least + "[http]\nsecure_cookie = 1\n", ":4: `http.secure_cookie` must be true or false"},
           Row{least + "[log]\nlevel = \"warn\"\n", "`log.level` must be debug, info, warning, error or off"},
           Row{least + "[messages.webhook]\nurl = \"ftp://x\"\nsecret_file = \"/s\"\n", "`messages.webhook.url` must begin with https:// or http://"},
           Row{least + "[messages.webhook]\nurl = \"https://x\"\n", "missing key `messages.webhook.secret_file`"},
           Row{least + "[messages.webhook]\nurl = \"https://x\"\nsecret = \"s\"\n", "unknown key `messages.webhook.secret`"},
           Row{least + "[messages.smtp]\nurl = \"smtp://m\"\nfrom = \"anju\"\n", "`messages.smtp.from` must be an address"},
           Row{least + "[messages.smtp]\nurl = \"smtp://m\"\nfrom = \"a@b\"\nuser = \"x\"\n", "`messages.smtp.user` and `password_file` go together"},
           Row{least + "[messages.smtp]\nurl = \"smtp://m\"\nfrom = \"a@b\"\nuser = \"x\"\npassword_file = \"/p\"\ntls = false\n", "would send the password in the clear"},
           Row{"database = sqlite\n", ":1: "},
       }) {
    CAPTURE(row.text);
    const auto problem = file.read(row.text).problem;
    CHECK_MESSAGE(problem.starts_with(file.path() + ":"), problem);
    CHECK_MESSAGE(problem.find(row.said) != std::string::npos, problem);
    CHECK_MESSAGE(problem.find('\n') == std::string::npos, problem);
  }
}

TEST_CASE("platform.toml: without [messages] every way is off; with it secrets are files") {
  const File file;
  CHECK(file.read(kLeast).config.webhook.url.empty());
  CHECK(file.read(kLeast).config.smtp.url.empty());
  const auto result = file.read(std::string(kLeast) +
                                "[messages.webhook]\nurl = \"https://sms.example.com/send\"\nsecret_file = \"/etc/anju/webhook.secret\"\n"
                                "[messages.smtp]\nurl = \"smtp://mail.example.com:587\"\nfrom = \"anju@example.com\"\nuser = \"anju\"\npassword_file = \"/etc/anju/smtp.password\"\n");
  CHECK(result.problem == "");
  CHECK(result.config.webhook.secret_file == "/etc/anju/webhook.secret");
  CHECK(result.config.smtp.from == "anju@example.com");
  CHECK(result.config.smtp.tls);
}

TEST_CASE("platform.toml: a file that is not there is named") {
  const File file;
  const auto problem = read_config(file.path()).problem;
  CHECK_MESSAGE(problem.starts_with(file.path() + ": "), problem);
  CHECK(problem.find('\n') == std::string::npos);
}

TEST_CASE("platform.toml: what gateways are told at their enrolment is what the platform uses, unless it says otherwise") {
  const std::string mqtt = "[mqtt]\nurl = \"mqtts://10.0.0.1:8883\"\nca_file = \"/etc/anju/ca.pem\"\n";
  const auto usual = File().read(kLeast + mqtt);
  CHECK(usual.problem == "");
  CHECK(usual.config.enrolment.broker_url == "mqtts://10.0.0.1:8883");
  CHECK(usual.config.enrolment.ca_file == "/etc/anju/ca.pem");
  CHECK(usual.config.enrolment.certificate_file == "");
  const auto said = File().read(kLeast + mqtt + "[enrolment]\nbroker_url = \"mqtts://b.example:8883\"\nca_file = \"\"\ncertificate_file = \"/c.pem\"\n");
  CHECK(said.problem == "");
  CHECK(said.config.enrolment.broker_url == "mqtts://b.example:8883");
  CHECK(said.config.enrolment.ca_file == "");
  CHECK(said.config.enrolment.certificate_file == "/c.pem");
  CHECK(File().read(std::string(kLeast) + "[enrolment]\nbroker_url = \"b.example\"\n").problem.find("`enrolment.broker_url`") != std::string::npos);
  CHECK(File().read(std::string(kLeast) + "[enrolment]\nbroker = \"b\"\n").problem.find("`enrolment.broker`") != std::string::npos);
}

}  // namespace anju::platform
