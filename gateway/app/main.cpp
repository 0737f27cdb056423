// anju-gateway: the gateway of a site, and the installer's tool.

#include <signal.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>

#include "gateway/app/verbs.hpp"
#include "gateway/app/version.hpp"

namespace {

using anju::wire::MeterProfile;

void add_profile(CLI::App* verb, MeterProfile& profile, std::string& profiles) {
  verb->add_option("--dialect", profile.dialect, "dlt645-2007, dlt645-1997, cjt188 or modbus")
      ->check(CLI::IsMember({"dlt645-2007", "dlt645-1997", "cjt188", "modbus"}))
      ->capture_default_str();
  verb->add_option("--model", profile.model, "of modbus: the name of its profile");
  verb->add_option("--profiles", profiles, "a folder of device profiles beside the shipped ones");
  verb->add_option("--meter-type", profile.meter_type, "of cjt188: T, two hex digits, AA for any")->capture_default_str();
  verb->add_flag("--low-byte-first", profile.low_byte_first, "of cjt188: identifiers are sent as 1F 90");
  verb->add_option("--status-map", profile.status_map, "of cjt188: none, closed_01, closed_10 or high_bits")->capture_default_str();
  verb->add_option("--preamble", profile.preamble, "FE bytes in front of a request")
      ->check(CLI::Range(0, 4))
      ->capture_default_str();
  verb->add_option("--access-level", profile.access_level, "PA, two hex digits")->capture_default_str();
  verb->add_option("--password", profile.password, "P0..P2 in wire order, six hex digits")->capture_default_str();
  verb->add_option("--operator", profile.operator_code, "C0..C3 in wire order, eight hex digits")
      ->capture_default_str();
  verb->add_flag("--short-relay-command", profile.short_relay_command, "old meters: 1C without valid-until");
}

}  // namespace

int main(int argc, char** argv) {
  ::umask(0077);  // the spool holds the meters' passwords
  ::signal(SIGXFSZ, SIG_IGN);  // a limit of file sizes is a write that fails and is said, not a silent end
  CLI::App app{"Anju gateway: owns the meter lines of a site; the installer's tool"};
  app.require_subcommand(1);
  app.set_version_flag("--version", anju::gateway::program_version());
  int code = 0;

  std::string config;
  auto* run = app.add_subcommand("run", "run the gateway of this machine");
  run->add_option("--config", config, "gateway.toml")->required();
  bool check_only = false;
  run->add_flag("--check", check_only, "say what is wrong with the configuration, the device profiles and the archive file, and end");
  run->callback([&] { code = anju::gateway::run_gateway(config, check_only); });

  const char* port_help = "serial:///dev/ttyS1?baud=2400&format=8E1, tcp://host:port or modbus-tcp://host:port";
  anju::gateway::ReadOptions read_options;
  bool total_only = false;
  auto* read = app.add_subcommand("read", "read one meter");
  read->add_option("--port", read_options.port, port_help)->required();
  read->add_option("--address", read_options.address, "twelve digits; of cjt188 14 hex digits, of modbus the unit")->required();
  read->add_option("--di", read_options.identifiers, "data identifiers of DL/T645, like 00010000; registers and status when absent");
  read->add_flag("--total-only", total_only, "a meter without tariffs");
  read->add_flag("--json", read_options.json);
  add_profile(read, read_options.profile, read_options.profiles);
  read->callback([&] {
    read_options.profile.tariffs = !total_only;
    code = anju::gateway::read_meter(read_options);
  });

  anju::gateway::SwitchOptions switch_options;
  auto* switching =
      app.add_subcommand("switch", "switch a meter's relay and read its state again; exit 0 only when verified");
  switching->add_option("--port", switch_options.port, port_help)->required();
  switching->add_option("--address", switch_options.address, "twelve digits; of cjt188 14 hex digits, of modbus the unit")->required();
  switching->add_option("--action", switch_options.action, "trip, close, permit, keep-on or keep-off")
      ->required()
      ->check(CLI::IsMember({"trip", "close", "permit", "keep-on", "keep-off"}));
  switching->add_option("--seconds", switch_options.seconds, "until the order expires")
      ->check(CLI::Range(5, 3600))
      ->capture_default_str();
  switching->add_flag("--json", switch_options.json);
  add_profile(switching, switch_options.profile, switch_options.profiles);
  switching->callback([&] { code = anju::gateway::switch_meter(switch_options); });

  anju::gateway::ScanOptions scan_options;
  auto* scan = app.add_subcommand("scan", "find the meters of a line; writes nothing");
  scan->add_option("--port", scan_options.port, port_help)->required();
  scan->add_option("--protocols", scan_options.protocols, "dlt645, cjt188, modbus; all when absent")
      ->delimiter(',')
      ->check(CLI::IsMember({"dlt645", "cjt188", "modbus"}));
  scan->add_option("--bauds", scan_options.bauds, "rates to try; the usual ones of each protocol when absent")->delimiter(',');
  scan->add_option("--formats", scan_options.formats, "8E1, 8N1 …; the usual ones of each protocol when absent")->delimiter(',');
  scan->add_option("--units", scan_options.units, "of modbus: 1-40; all 247 when absent");
  scan->add_option("--profiles", scan_options.profiles, "a folder of device profiles beside the shipped ones");
  scan->add_flag("--quick", scan_options.quick, "leave out the second round, which finds meters that missed their one question");
  scan->add_flag("--json", scan_options.json);
  scan->add_flag("--archive", scan_options.archive, "print what was found as lines and devices of an archive file");
  scan->callback([&] { code = anju::gateway::scan_line(scan_options); });

  anju::gateway::EnrollOptions enroll_options;
  auto* enroll = app.add_subcommand("enroll", "make this box a gateway by the code that the console shows");
  enroll->add_option("--platform", enroll_options.platform, "https://host:8080")->required();
  enroll->add_option("--code", enroll_options.code, "XXXXX-XXXXX")->required();
  enroll->add_option("--config", enroll_options.config, "gateway.toml, which is written; key and certificate beside it")->required();
  enroll->add_option("--data", enroll_options.data, "folder of the spool (/var/lib/anju-gateway/<gateway>)");
  auto* ca = enroll->add_option("--ca", enroll_options.ca_file, "certificates of the platform's authority, PEM");
  enroll->add_option("--pin", enroll_options.pin, "sha256//…: the platform's key, as it stands under the code")->excludes(ca);
  enroll->add_flag("--insecure", enroll_options.insecure, "plain http although it leaves this machine: whoever listens has the key");
  enroll->add_flag("--force", enroll_options.force, "replace a configuration that is there");
  enroll->add_flag("--json", enroll_options.json);
  enroll->callback([&] { code = anju::gateway::enroll_gateway(enroll_options); });

  anju::gateway::DecodeOptions decode_options;
  auto* decode = app.add_subcommand("decode", "explain a frame as JSON");
  decode->add_option("--protocol", decode_options.protocol)->capture_default_str();
  decode->add_option("hex", decode_options.hex, "the bytes, with or without blanks")->required();
  decode->callback([&] { code = anju::gateway::decode_frame(decode_options); });

  anju::gateway::StatusOptions status_options;
  auto* status = app.add_subcommand("status", "ask the running gateway for its lines, devices and spool");
  status->add_option("--config", status_options.config, "gateway.toml")->required();
  status->add_flag("--json", status_options.json);
  status->callback([&] { code = anju::gateway::print_status(status_options); });

  anju::gateway::TraceOptions trace_options;
  auto* trace = app.add_subcommand("trace", "show what the running gateway says on its lines and hears, decoded; Ctrl-C ends it");
  trace->add_option("line", trace_options.line, "the id of a line; all when absent");
  trace->add_option("--config", trace_options.config, "gateway.toml")->required();
  trace->add_flag("--show-secrets", trace_options.show_secrets, "the passwords of the meters, too");
  trace->add_flag("--json", trace_options.json, "an object per exchange");
  trace->callback([&] { code = anju::gateway::trace_lines(trace_options); });

  anju::gateway::PinOptions pin_options;
  auto* pin = app.add_subcommand("pin", "print the PIN of the installer's page");
  pin->add_option("--config", pin_options.config, "gateway.toml")->required();
  pin->add_flag("--new", pin_options.fresh, "draw another one first; whoever is on the page has to come in again");
  pin->callback([&] { code = anju::gateway::print_pin(pin_options); });

  anju::gateway::CheckOptions check_options;
  auto* check = app.add_subcommand("check", "accept the site: every device read three times, the platform asked, a report to hand over");
  check->add_option("--config", check_options.config, "gateway.toml")->required();
  check->add_option("--by", check_options.by, "who accepts, as the report says it")->capture_default_str();
  check->add_option("--json", check_options.json, "a file for the report");
  check->add_option("--html", check_options.html, "a file for the report to print, A4");
  check->add_option("--switch", check_options.switches, "devices, by id or address, that are cut off and restored: tell the people first");
  check->callback([&] { code = anju::gateway::check_site(check_options); });

  anju::gateway::UpgradeOptions upgrade_options;
  auto* upgrade = app.add_subcommand("upgrade", "install a signed release; the version before comes back where it does not reach the platform");
  upgrade->add_option("file", upgrade_options.file, "the release, or its address: https://host/path; what was interrupted goes on where it ended")->required();
  auto* release_ca = upgrade->add_option("--ca", upgrade_options.ca_file, "of an address: certificates of its authority, PEM");
  upgrade->add_option("--pin", upgrade_options.pin, "of an address: sha256//…, its server's key")->excludes(release_ca);
  upgrade->add_option("--releases", upgrade_options.releases, "the folder that anju-gateway-start was given")->capture_default_str();
  upgrade->add_option("--wait", upgrade_options.wait_s, "seconds to wait for the outcome")->check(CLI::Range(1, 90'000))->capture_default_str();
  upgrade->add_flag("--json", upgrade_options.json);
  upgrade->callback([&] { code = anju::gateway::upgrade_gateway(upgrade_options); });

  anju::gateway::FetchOptions fetch_options;
  auto* fetch = app.add_subcommand("fetch-ordered", "what the running gateway calls to fetch the release that the office ordered")->group("");
  fetch->add_option("--releases", fetch_options.releases)->required();
  fetch->add_option("--order", fetch_options.order)->required();
  fetch->add_option("--url", fetch_options.url)->required();
  fetch->add_option("--pin", fetch_options.pin);
  fetch->add_option("--size", fetch_options.size)->required();
  fetch->add_option("--sha256", fetch_options.sha256)->required();
  fetch->callback([&] { code = anju::gateway::fetch_ordered(fetch_options); });

  CLI11_PARSE(app, argc, argv);
  return code;
}
