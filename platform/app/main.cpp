// anju-platform init | serve | verify | backup | describe: reads the command line and the configuration.

#include <signal.h>
#include <sys/stat.h>

#include <cstdio>
#include <exception>
#include <string>

#include <CLI/CLI.hpp>

#include "platform/app/config.hpp"
#include "platform/app/verbs.hpp"
#include "platform/http/openapi.hpp"

int main(int argc, char** argv) {
  ::umask(0077);  // database, its log and the keys are nobody else's, from the first byte on
  ::signal(SIGXFSZ, SIG_IGN);  // a limit of file sizes is a write that fails and is said, not a silent end
  CLI::App app("Anju's server: ledger, REST, console", "anju-platform");
  app.require_subcommand(1);
  std::string file;
  anju::platform::InitOptions options;
  auto* init =
      app.add_subcommand("init", "creates database, keys folder, first site and first login; prints the password once");
  auto* serve = app.add_subcommand("serve", "runs until SIGTERM");
  auto* backup = app.add_subcommand("backup", "copies the books while the platform runs");
  std::string to;
  backup->add_option("--to", to, "file that is not there yet")->required();
  auto* verify = app.add_subcommand("verify", "checks the books and the audit log; exit 0 when nothing is wrong");
  const auto* describe = app.add_subcommand("describe", "prints the REST description (OpenAPI), with what follows from the catalogue");
  for (auto* command : {init, serve, verify, backup}) command->add_option("--config", file, "platform.toml")->required();
  init->add_option("--organisation", options.organisation, "name of the first organisation");
  init->add_option("--site", options.site, "id of the first site, as in topics");
  init->add_option("--site-name", options.site_name, "its name");
  init->add_option("--user", options.user, "first login");
  init->add_option("--system-user", options.system_user, "login of the super administrator");
  init->add_option("--greatest-power-w", options.greatest_power_w, "of one meter; a faster register is quarantined")
      ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
  CLI11_PARSE(app, argc, argv);

  if (describe->parsed()) return std::puts(anju::platform::openapi_text().c_str()) < 0 ? 1 : 0;
  const auto read = anju::platform::read_config(file);
  if (!read.problem.empty()) return anju::platform::complain(read.problem) + 1;
  try {
    if (init->parsed()) return anju::platform::init(read.config, options);
    if (verify->parsed()) return anju::platform::verify_books(read.config);
    if (backup->parsed()) return anju::platform::back_up(read.config, to);
    return anju::platform::serve(read.config);
  } catch (const std::exception& failure) {
    return anju::platform::complain(std::string("a bug: ") + failure.what());
  }
}
