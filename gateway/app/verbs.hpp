#pragma once

// The verbs of anju-gateway. Each returns the exit code of the process: 0 done, 1 the device or the bytes say no, 2
// asked wrongly or the port cannot be opened. Results go to standard output, progress and reasons to standard error.

#include <cstdint>
#include <string>
#include <vector>

#include "protocols/wire/down.hpp"

namespace anju::gateway {

struct ReadOptions {
  std::string port, address;
  std::vector<std::string> identifiers;  ///< of DL/T645; empty: registers and status
  wire::MeterProfile profile;
  std::string profiles;  ///< folder of device profiles beside the shipped ones
  bool json = false;
};
struct SwitchOptions {
  std::string port, address;
  std::string action;  ///< trip, close, permit, keep-on, keep-off
  wire::MeterProfile profile;
  std::string profiles;       ///< as of ReadOptions
  std::int64_t seconds = 60;  ///< until the order expires
  bool json = false;
};
struct ScanOptions {
  std::string port;
  std::vector<std::string> protocols;  ///< dlt645, cjt188, modbus; empty: all
  std::vector<std::string> bauds;
  std::vector<std::string> formats;    ///< 8E1, 8N1 …
  std::string units;                   ///< of Modbus, "1-40"; empty: all
  std::string profiles;                ///< as of ReadOptions
  bool quick = false;
  bool json = false;
  bool archive = false;  ///< prints the lines and devices of an archive file instead of a table
};
struct DecodeOptions {
  std::string protocol = "dlt645";
  std::vector<std::string> hex;
};
struct EnrollOptions {
  std::string platform, code, config;
  std::string data;          ///< folder of the spool; empty: the usual place
  std::string ca_file, pin;  ///< at most one of them; both empty: the machine's own authorities
  bool insecure = false;     ///< http although it leaves this machine
  bool force = false;        ///< in the place of a configuration that is there
  bool json = false;
};
struct StatusOptions {
  std::string config;
  bool json = false;
};

struct TraceOptions {
  std::string config, line;   ///< line: empty for all
  bool show_secrets = false;  ///< the meters' passwords
  bool json = false;          ///< an object per exchange and line
};

struct UpgradeOptions {
  std::string file;          ///< or its address, http:// or https://
  std::string ca_file, pin;  ///< of an https address; at most one of them; both empty: the machine's own authorities
  std::string releases = "/var/lib/anju-gateway/releases";  ///< the folder of anju-gateway-start
  std::int64_t wait_s = 360;                                ///< for the outcome
  bool json = false;
};

/// What the running gateway gives to the process that fetches for it.
struct FetchOptions {
  std::string releases, order, url, pin, sha256;
  std::int64_t size = 0;
};

struct PinOptions {
  std::string config;
  bool fresh = false;  ///< draw another; who is on the page has to come in again
};

struct CheckOptions {
  std::string config;
  std::string by = "anju-gateway check";  ///< who accepts, as the report says it
  std::string json, html;                 ///< files for the report; empty: none
  std::vector<std::string> switches;      ///< ids or addresses of devices whose relay or valve may be tested
};

/// check_only: configuration, device profiles and archive file are judged, nothing is opened.
[[nodiscard]] int run_gateway(const std::string& config_file, bool check_only);
[[nodiscard]] int read_meter(const ReadOptions& options);
[[nodiscard]] int switch_meter(const SwitchOptions& options);
[[nodiscard]] int scan_line(const ScanOptions& options);
[[nodiscard]] int decode_frame(const DecodeOptions& options);
[[nodiscard]] int enroll_gateway(const EnrollOptions& options);
[[nodiscard]] int print_status(const StatusOptions& options);
/// Until SIGINT or SIGTERM (0), or until the gateway stops (1).
[[nodiscard]] int trace_lines(const TraceOptions& options);
/// 0: passed, perhaps with remarks; 1: failed, ended early, or a file cannot be written; 2: there is no gateway to ask, or it refuses.
[[nodiscard]] int check_site(const CheckOptions& options);
[[nodiscard]] int print_pin(const PinOptions& options);
[[nodiscard]] int upgrade_gateway(const UpgradeOptions& options);
/// Fetches an ordered release and offers it to the launcher. Standard output is one word: offered, or the code of what went wrong (exit 1).
[[nodiscard]] int fetch_ordered(const FetchOptions& options);

/// "code: where", as a person reads it.
[[nodiscard]] std::string text_of(const base::Error& error);

}  // namespace anju::gateway
