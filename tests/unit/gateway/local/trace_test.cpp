// What the page tells of frames: by the protocol that was spoken, whatever the archive says by now.

#include <doctest/doctest.h>

#include "gateway/local/present.hpp"
#include "protocols/modbus/tcp.hpp"
#include "tests/unit/gateway/core/profile_bench.hpp"
#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {
namespace {

const base::LineId kNet("net");

/// One meter of Modbus TCP whose other side is the test.
struct TcpBench {
  SiteBench site{at_site(10, 1), {.profiles = load_profiles(bench::shipped_texts())}};
  std::vector<modbus::tcp::Message> asked;

  TcpBench() {
    wire::MeterProfile profile;
    profile.dialect = "modbus";
    profile.model = "chint-ddsu666";
    site.archive.lines.push_back({kNet, "modbus-tcp://10.0.0.5:502"});
    site.archive.devices.push_back({base::DeviceId("m3"), kNet, "3", std::nullopt, profile});
    site.watch = [this](const GatewayOutput& out) {
      for (const auto& line : out.lines) {
        const auto* write = std::get_if<Write>(&line.action);
        if (write == nullptr) continue;
        const auto found = modbus::tcp::find(write->bytes);
        REQUIRE(found);
        asked.push_back(found->message);
      }
    };
    site.start();
    site.run_for(base::Millis(500));
    REQUIRE(!asked.empty());
  }
  void hear(const modbus::tcp::Message& message) { site.happen(LineHappened{kNet, Received{*modbus::tcp::encode(message)}}); }
  boost::json::object last_trace() {
    const auto& line = *site.gateway.line(kNet);
    REQUIRE(!line.traces().empty());
    const auto all = trace_json(site.gateway, kNet, line, 0, Passwords::shown);
    return all.at("traces").as_array().back().as_object();
  }
};

}  // namespace

TEST_CASE("trace: a message of Modbus TCP is told as one, its answer by the question") {
  TcpBench b;
  const auto question = b.asked.back();
  auto late = question;
  late.transaction = static_cast<std::uint16_t>(question.transaction - 1);
  late.frame.pdu = *base::from_hex("83" "02");
  b.hear(late);
  auto answer = question;
  answer.frame.pdu = *base::from_hex("83" "02");
  answer.frame.pdu[0] = question.frame.pdu[0] | std::byte{0x80};
  b.hear(answer);
  const auto trace = b.last_trace();
  for (const char* side : {"request", "reply"}) {
    const auto& facts = trace.at(side).at("facts").as_object();
    CHECK(facts.at("protocol") == "modbus-tcp");
    CHECK(facts.at("transaction").as_int64() == question.transaction);
    CHECK(facts.at("unit").as_int64() == 3);
    CHECK_FALSE(facts.contains("error"));
    CHECK_FALSE(facts.contains("crc_wire"));
  }
  CHECK(trace.at("request").at("facts").at("direction") == "master");
  CHECK(trace.at("reply").at("facts").at("direction") == "device");
  CHECK(trace.at("reply").at("facts").at("late_answers").as_int64() == 1);
}

TEST_CASE("trace: bytes are told by what was spoken then, not by the archive of now") {
  SiteBench site(at_site(10, 1));
  site.add(address(1));
  site.start();
  site.run_for(base::seconds(20));
  const auto first = [&] { return trace_json(site.gateway, base::LineId("l1"), *site.gateway.line(base::LineId("l1")), 0, Passwords::shown).at("traces").as_array().front().as_object(); };
  const auto before = first();
  CHECK(before.at("request").at("facts").at("function") == "read_data");
  site.archive.version = 2;
  site.archive.devices.clear();
  site.start();
  CHECK(first().at("request").at("facts") == before.at("request").at("facts"));
}

}  // namespace anju::gateway::testing
