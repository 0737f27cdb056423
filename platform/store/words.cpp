#include "platform/store/words.hpp"

namespace anju::platform {
namespace {

/// The profile travels inside an archive of one device, so that wire has the only codec of it.
wire::Archive carrier(const wire::MeterProfile& profile) {
  wire::Archive archive;
  archive.lines.push_back({base::LineId("l"), "tcp://x:1"});
  wire::ArchiveDevice device;
  device.id = base::DeviceId("d");
  device.line = base::LineId("l");
  device.address = "000000000000";
  device.profile = profile;
  archive.devices.push_back(std::move(device));
  return archive;
}

constexpr std::string_view kKey = "\"profile\":";

}  // namespace

std::string profile_text(const wire::MeterProfile& profile) {
  const std::string whole = wire::encode(carrier(profile));
  const std::size_t begin = whole.find(kKey);
  if (begin == std::string::npos) return "{}";  // all as usual
  const std::size_t open = begin + kKey.size();
  return whole.substr(open, whole.find('}', open) + 1 - open);
}

wire::MeterProfile parse_profile(std::string_view text) {
  if (text == "{}") return {};
  const std::string whole = "{\"version\":1,\"lines\":[{\"id\":\"l\",\"uri\":\"tcp://x:1\"}],\"devices\":[{\"id\":\"d\",\"line\":\"l\","
                            "\"address\":\"000000000000\",\"profile\":" + std::string(text) + "}]}";
  const auto archive = wire::decode_archive(whole);
  if (!archive) throw soci::soci_error("a meter's profile does not read: " + archive.error().where);
  return archive->devices.front().profile;
}

}  // namespace anju::platform
