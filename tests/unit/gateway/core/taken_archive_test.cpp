#include "gateway/core/taken_archive.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "gateway/core/errc.hpp"
#include "tests/unit/gateway/core/site_bench.hpp"

namespace anju::gateway::testing {
namespace {

wire::Archive mixed() {
  wire::Archive archive;
  archive.lines = {{base::LineId("good"), "serial:///dev/ttyS1"}, {base::LineId("bad"), "tcp://nowhere"}, {base::LineId("empty"), "rs485://x"},
                   {base::LineId("net"), "modbus-tcp://10.0.0.5:502"}};
  const auto add = [&](const char* id, const char* line, const char* dialect, wire::MeterKind kind = wire::MeterKind::electricity) {
    archive.devices.push_back({base::DeviceId(id), base::LineId(line), address(static_cast<int>(archive.devices.size()) + 1), std::nullopt, {}, kind});
    archive.devices.back().profile.dialect = dialect;
  };
  add("a", "good", "dlt645-2007");
  add("b", "bad", "dlt645-2007");
  add("c", "good", "mqtt");
  add("d", "net", "dlt645-2007");
  return archive;
}
std::string word(const base::Error* error) { return error == nullptr ? "good" : std::string(error->code); }

}  // namespace

TEST_CASE("taken archive: every line and device is judged for itself, and one that is bad takes no other with it") {
  const auto taken = take_archive(mixed(), {});
  std::string lines, devices;
  for (const auto& [id, uri] : taken.lines) lines += id.value + ":" + word(uri ? nullptr : &uri.error()) + " ";
  for (const auto& [id, meter] : taken.devices) devices += id.value + ":" + word(meter ? nullptr : &meter.error()) + " ";
  CHECK(lines == "good:good bad:bad_uri empty:bad_uri net:good ");
  CHECK(devices == "a:good b:good c:not_supported d:not_supported ");
}

TEST_CASE("taken archive: what is wrong here is what the running gateway raises an alarm about, and nothing else") {
  const auto taken = take_archive(mixed(), {});
  std::vector<std::string> wrong, raised;
  for (const auto& [id, uri] : taken.lines)
    if (!uri) wrong.push_back("bad_line " + id.value);
  for (const auto& [id, meter] : taken.devices)
    if (!meter) wrong.push_back("bad_device " + id.value);
  SiteBench b(at_site(10, 1));
  b.archive = mixed();
  b.start();
  for (const auto& event : b.events) {
    const auto* alarm = std::get_if<wire::AlarmEvent>(&event);
    if (alarm != nullptr && alarm->code.starts_with("bad_")) raised.push_back(alarm->code + " " + (alarm->line ? alarm->line->value : alarm->device->value));
  }
  CHECK(raised == wrong);
}

}  // namespace anju::gateway::testing
