#include "gateway/core/device_profile.hpp"

#include <algorithm>

#include "gateway/core/profile_keys.hpp"
#include "gateway/core/profile_point.hpp"
#include "protocols/base/id.hpp"

namespace anju::gateway {
namespace {

std::string place_of(std::string_view table, std::size_t number) { return std::string(table) + " " + std::to_string(number) + ": "; }

void read_head(ProfileKeys& keys, DeviceProfile& profile, PointDefaults& defaults) {
  keys.only({"name", "make", "model", "source", "confirmed", "kind", "baud", "format", "pause_ms", "timeout_ms", "travel_s", "max_block", "max_gap", "base",
             "order", "unreadable", "point", "action"});
  profile.name = keys.text("name");
  if (!profile.name.empty() && !base::is_id(profile.name)) keys.wrong("name", "has to be 1 to 64 of A-Z a-z 0-9 _ -");
  profile.make = keys.text("make");
  profile.model = keys.text("model");
  profile.source = keys.text("source");
  profile.confirmed = keys.flag("confirmed");
  profile.kind = keys.word("kind", meter_kind_of, "electricity, water, hot_water").value_or(wire::MeterKind::electricity);
  // The rules of a line's name are the rules here.
  const auto baud = parse_baud(std::to_string(keys.number("baud", 300, 115'200)));
  if (!baud) keys.wrong("baud", baud.error().where);
  const auto line = parse_line_uri("serial:///dev/profile?format=" + keys.text("format"));
  if (!line) keys.wrong("format", line.error().where);
  if (line) profile.format = format_of(*line);
  if (baud) profile.format.baud = *baud;
  profile.pause = base::Millis(keys.number("pause_ms", 0, 0, 5'000));
  profile.timeout = base::Millis(keys.number("timeout_ms", 0, 50, 10'000));
  profile.travel = base::seconds(keys.number("travel_s", 0, 0, 600));
  profile.max_block = static_cast<std::size_t>(keys.number("max_block", 32, 1, modbus::kMaxReadRegisters));
  profile.max_gap = static_cast<std::size_t>(keys.number("max_gap", 8, 0, modbus::kMaxReadRegisters));
  defaults.base = static_cast<int>(keys.number("base", 0, 1));
  if (keys.has("order")) defaults.order = keys.word("order", modbus::order_of, "ABCD, BADC, CDAB, DCBA").value_or(modbus::Order::abcd);
}

bool overlaps(const Point& point, const Hole& hole) {
  return point.function == hole.function && point.address <= hole.last && point.address + point.size() > hole.first;
}

/// What the points have to be together.
void check_points(ProfileFault& fault, const DeviceProfile& profile) {
  for (const Point& point : profile.points) {
    const std::string place = "point " + std::string(to_string(point.name)) + ": ";
    if (&point != profile.find(point.name)) fault.say(place + "key 'name' is there twice: one point per name");
    if (point.size() > profile.max_block) fault.say(place + "key 'type' takes more registers than 'max_block'");
    for (const Hole& hole : profile.unreadable) {
      if (overlaps(point, hole)) fault.say(place + "key 'address' lies in what is 'unreadable'");
    }
    for (const PointName scale : point.scale) {
      if (profile.find(scale) == nullptr) fault.say(place + "key 'scale' names " + std::string(to_string(scale)) + ", which is no point of this file");
    }
  }
  const PointName billed = profile.kind == wire::MeterKind::electricity ? PointName::energy_total : PointName::volume_total;
  if (profile.find(billed) == nullptr) {
    fault.say("key 'point' has to have " + std::string(to_string(billed)) + ": a device of kind " + std::string(to_string(profile.kind)) + " is billed by it");
  }
}

/// Whether the verifying point can say at all what is waited for.
void check_actions(ProfileFault& fault, const DeviceProfile& profile) {
  for (const ProfileAction& action : profile.actions) {
    const std::string place = "action " + std::string(to_string(action.name)) + ": ";
    if (&action != profile.find(action.name)) fault.say(place + "key 'name' is there twice: one action per name");
    const Point* point = profile.find(action.verify.point);
    if (point == nullptr) {
      fault.say(place + "key 'verify' names a point that this file does not have");
      continue;
    }
    const auto says = [&](const auto& row) { return row.second == action.verify.state; };
    if (action.verify.state && std::ranges::none_of(point->states, says)) fault.say(place + "key 'verify' waits for a state that its point never has");
    const bool moves = point->name == PointName::valve || point->name == PointName::temperature_valve;
    if (moves && profile.travel == base::Millis(0)) fault.say(place + "key 'travel_s' is missing: say how long the valve takes");
  }
}

/// Of a file that is refused: which devices meant it.
std::string name_of(const std::string& file, std::string_view text) {
  if (const auto tree = parse_toml(file, text.substr(0, kMostProfileBytes))) {
    const auto member = std::ranges::find(*tree, "name", &TomlMember::key);
    const auto* name = member == tree->end() ? nullptr : std::get_if<std::string>(&member->value.value);
    if (name != nullptr && base::is_id(*name)) return *name;
  }
  const auto own = file.substr(file.rfind('/') + 1);
  return own.substr(0, own.rfind('.'));
}

}  // namespace

const Point* DeviceProfile::find(PointName point) const {
  const auto found = std::ranges::find(points, point, &Point::name);
  return found == points.end() ? nullptr : &*found;
}

const ProfileAction* DeviceProfile::find(ActionName action) const {
  const auto found = std::ranges::find(actions, action, &ProfileAction::name);
  return found == actions.end() ? nullptr : &*found;
}

base::Result<DeviceProfile> parse_profile(const std::string& file, std::string_view text) {
  if (text.size() > kMostProfileBytes) return base::fail(ProfileErrc::bad_profile, file + ": has to be at most 64 KiB");
  const auto tree = parse_toml(file, text);
  if (!tree) return base::pass(tree);
  ProfileFault fault{.file = file, .text = {}};
  ProfileKeys keys(fault, *tree, "");
  DeviceProfile profile;
  PointDefaults defaults;
  read_head(keys, profile, defaults);
  for (const TomlValue& value : keys.array("unreadable", kMostPoints)) {
    ProfileKeys hole(fault, keys.table("unreadable", value), place_of("unreadable", profile.unreadable.size() + 1));
    profile.unreadable.push_back(read_hole(hole, defaults));
  }
  for (const TomlValue& value : keys.array("point", kMostPoints)) {
    ProfileKeys point(fault, keys.table("point", value), place_of("point", profile.points.size() + 1));
    profile.points.push_back(read_point(point, defaults));
  }
  for (const TomlValue& value : keys.array("action", kMostActions)) {
    ProfileKeys action(fault, keys.table("action", value), place_of("action", profile.actions.size() + 1));
    profile.actions.push_back(read_action(action, defaults));
  }
  if (!fault.text) check_points(fault, profile);
  if (!fault.text) check_actions(fault, profile);
  if (fault.text) return base::fail(ProfileErrc::bad_profile, *fault.text);
  return profile;
}

LoadedProfiles load_profiles(const std::map<std::string, std::string>& texts) {
  LoadedProfiles loaded;
  std::map<std::string, std::string> files;
  const auto refuse = [&loaded](const std::string& name, const std::string& why) {
    loaded.refused.emplace(name, why);
    loaded.profiles.erase(name);
  };
  for (const auto& [file, text] : texts) {
    auto profile = parse_profile(file, text);
    const auto name = profile ? profile->name : name_of(file, text);
    const auto [first, added] = files.emplace(name, file);
    if (!profile) {
      refuse(name, profile.error().where);
    } else if (!added) {
      refuse(name, file + ": key 'name' is '" + name + "', which " + first->second + " has, too: one file per name");
    } else if (loaded.profiles.size() >= kMostProfiles) {
      refuse(name, file + ": more than " + std::to_string(kMostProfiles) + " profiles");
    } else {
      loaded.profiles.emplace(name, *std::move(profile));
    }
  }
  return loaded;
}

}  // namespace anju::gateway
