#include "protocols/wire/upgrade.hpp"

#include <doctest/doctest.h>

#include <string>

#include "protocols/wire/down.hpp"
#include "protocols/wire/errc.hpp"
#include "protocols/wire/up.hpp"

using namespace anju;
using namespace anju::wire;

namespace {

ReleaseOrder order() {
  return {"u-1", {{0, 2, 0}}, 5'242'980, std::string(64, 'a'), "https://anju.example/releases/x", "sha256//" + std::string(43, 'A') + "="};
}

constexpr UpgradeStep kSteps[] = {UpgradeStep::waiting,   UpgradeStep::downloading, UpgradeStep::offered, UpgradeStep::trial,
                                  UpgradeStep::installed, UpgradeStep::rolled_back, UpgradeStep::refused, UpgradeStep::failed};

}  // namespace

TEST_CASE("upgrade: an archive carries the order, and is what it was without one") {
  Archive archive;
  const std::string without = encode(archive);
  CHECK(without.find("release") == std::string::npos);
  CHECK_FALSE(decode_archive(without)->release);
  archive.release = order();
  REQUIRE(decode_archive(encode(archive)));
  CHECK(*decode_archive(encode(archive)) == archive);
  archive.release->pin.clear();
  CHECK(encode(archive).find("pin") == std::string::npos);
  CHECK(*decode_archive(encode(archive)) == archive);
}

TEST_CASE("upgrade: an order at the edges of what it may be, and one beyond each") {
  struct Row {
    const char* where;
    void (*change)(ReleaseOrder&);
  };
  for (const Row& row : {Row{"release.order", [](ReleaseOrder& one) { one.order = std::string(65, 'o'); }},
                         Row{"release.size", [](ReleaseOrder& one) { one.size = 0; }},
                         Row{"release.size", [](ReleaseOrder& one) { one.size = kMaxRelease + 1; }},
                         Row{"release.sha256", [](ReleaseOrder& one) { one.sha256.pop_back(); }},
                         Row{"release.sha256", [](ReleaseOrder& one) { one.sha256.back() = 'A'; }},
                         Row{"release.url", [](ReleaseOrder& one) { one.url = "file:///etc/shadow"; }},
                         Row{"release.url", [](ReleaseOrder& one) { one.url += "\x7f"; }},
                         Row{"release.url", [](ReleaseOrder& one) { one.url += "\xc3\xa9"; }},
                         Row{"release.pin", [](ReleaseOrder& one) { one.pin = "sha256//"; }}}) {
    CAPTURE(row.where);
    Archive archive;
    archive.release = order();
    row.change(*archive.release);
    const auto decoded = decode_archive(encode(archive));
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().is(Errc::bad_field));
    CHECK(decoded.error().where == row.where);
  }
  Archive archive;
  archive.release = order();
  archive.release->size = kMaxRelease;
  archive.release->order = std::string(64, 'o');
  CHECK(decode_archive(encode(archive)));
  archive.release->url = "https://h/" + std::string(kMaxText - 10, 'x');
  CHECK(decode_archive(encode(archive)) == archive);
}

TEST_CASE("upgrade: a state says every step, and says nothing where there is nothing") {
  GatewayState state;
  state.epoch = "e-1";
  CHECK(encode(state).find("upgrade") == std::string::npos);
  CHECK(encode(state).find("architecture") == std::string::npos);
  state.architecture = "arm64";
  int over = 0;
  for (const auto step : kSteps) {
    CAPTURE(to_string(step));
    state.upgrade = UpgradeProgress{"u-1", {{0, 2, 0}}, step, step == UpgradeStep::failed ? "damaged" : "", 77, base::UtcMillis(5)};
    const auto decoded = decode_state(encode(state));
    REQUIRE(decoded);
    CHECK(*decoded == state);
    over += is_over(step) ? 1 : 0;
  }
  CHECK(over == 4);
  state.upgrade->bytes = kMaxRelease + 1;
  CHECK(decode_state(encode(state)).error().where == "upgrade.bytes");
}
