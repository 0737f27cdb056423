#include "gateway/core/device_profile.hpp"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <tuple>

#include "gateway/core/toml_tree.hpp"
#include "tests/unit/gateway/core/profile_bench.hpp"

namespace anju::gateway {
namespace {

using namespace bench;

const std::string kSmall = joined({kHead, kEnergy, kRelay, kTrip});

std::string refusal(const std::string& text) {
  const auto profile = parse_profile("small.toml", text);
  return profile ? "taken" : profile.error().where;
}

/// A profile with one more point after the energy.
std::string with_point(const std::string& keys) { return joined({kHead, kEnergy, "[[point]]", keys}); }

}  // namespace

TEST_CASE("profile: a file becomes plain values") {
  const DeviceProfile profile = parsed(kSmall);
  CHECK(profile.name == "small");
  CHECK(profile.make == "Somebody");
  CHECK(profile.kind == wire::MeterKind::electricity);
  CHECK(profile.format == SerialFormat{9600, 8, 'N', 1});
  CHECK(profile.timeout == base::Millis(0));
  CHECK(profile.max_block == 32);
  REQUIRE(profile.points.size() == 2);
  const Point& energy = *profile.find(PointName::energy_total);
  CHECK(energy.function == modbus::Function::read_holding_registers);
  CHECK(energy.address == 100);
  CHECK(energy.size() == 2);
  CHECK(energy.unit.name == "0.01kWh");
  CHECK(energy.unit.factor == 100);
  CHECK(profile.find(PointName::relay)->states.size() == 2);
  const ProfileAction& trip = *profile.find(ActionName::trip);
  CHECK(trip.verify.point == PointName::relay);
  CHECK(trip.verify.state == State::open);
  CHECK(std::get<modbus::WriteRegister>(trip.writes.at(0).request) == modbus::WriteRegister{200, 0});
  CHECK(profile.find(PointName::valve) == nullptr);
  CHECK(profile.find(ActionName::close) == nullptr);
}

TEST_CASE("profile: addresses of a file that counts from 1 are one less on the wire") {
  const DeviceProfile profile = parsed(with(kSmall, "base = 0", "base = 1\nunreadable = [{ function = 3, first = 151, last = 160 }]"));
  CHECK(profile.find(PointName::energy_total)->address == 99);
  CHECK(std::get<modbus::WriteRegister>(profile.actions.at(0).writes.at(0).request).address == 199);
  CHECK(profile.unreadable.at(0).first == 150);
  CHECK(refusal(with(with(kSmall, "base = 0", "base = 1"), "address = 100", "address = 0")) ==
        "small.toml: point 1: energy_total: key 'address' has to be a whole number from 1 to 65535");
  CHECK(parsed(with(with(kSmall, "base = 0", "base = 1"), "address = 100", "address = 65535")).points.at(0).address == 65534);
}

TEST_CASE("profile: every error names the file, the place, the key and the rule") {
  const std::array<std::tuple<std::string, std::string, std::string>, 32> changes{{
      {"name = \"small\"", "name = \"a b\"", "key 'name' has to be 1 to 64 of A-Z a-z 0-9 _ -"},
      {"name = \"small\"\n", "", "key 'name' is missing: add it"},
      {"name = \"small\"", "name = 1", "key 'name' has to be a text in quotes"},
      {"confirmed = false", "confirmed = \"no\"", "key 'confirmed' has to be true or false"},
      {"kind = \"electricity\"", "kind = \"gas\"", "key 'kind' is 'gas', which is not one of electricity, water, hot_water"},
      {"kind = \"electricity\"", "kind = \"water\"", "key 'point' has to have volume_total: a device of kind water is billed by it"},
      {"baud = 9600", "baud = 9601", "key 'baud' "},
      {"baud = 9600", "baud = 9600.0", "line 7: key 'baud' has to be a text in quotes, a whole number, true or false"},
      {"format = \"8N1\"", "format = \"8X1\"", "key 'format' format=8X1: write it like 8E1"},
      {"base = 0", "base = 2", "key 'base' has to be a whole number from 0 to 1"},
      {"base = 0", "bas = 0", "key 'bas' is unknown; known here: name make"},
      {"base = 0", "base = 0\nmax_block = 126", "key 'max_block' has to be a whole number from 1 to 125"},
      {"base = 0", "base = 0\nmax_block = 1", "point energy_total: key 'type' takes more registers than 'max_block'"},
      {"base = 0", "base = 0\norder = \"ACBD\"", "key 'order' is 'ACBD', which is not one of ABCD, BADC, CDAB, DCBA"},
      {"base = 0", "base = 0\nunreadable = [{ function = 3, first = 101, last = 101 }]", "point energy_total: key 'address' lies in what is 'unreadable'"},
      {"base = 0", "base = 0\nunreadable = [{ function = 3, first = 5, last = 4 }]", "unreadable 1: key 'last' has to be at or behind 'first'"},
      {"address = 100", "address = 65535", "point 1: energy_total: key 'address' has to be a whole number from 0 to 65534"},
      {"type = \"u32\"", "type = \"uint32\"", "point 1: energy_total: key 'type' is 'uint32', which is not one of bit, u16"},
      {"type = \"u32\"", "type = \"bit\"", "point 1: energy_total: key 'type' has to be bit with functions 1 and 2, and with no other"},
      {"function = 3\naddress = 100", "function = 6\naddress = 100", "point 1: energy_total: key 'function' has to be a whole number from 1 to 4"},
      {"unit = \"0.01kWh\"", "unit = \"V\"", "point 1: energy_total: key 'unit' is 'V', which is no unit of energy_total"},
      {"unit = \"0.01kWh\"", "absent = 0", "point 1: energy_total: key 'unit' is missing: add it"},
      {"unit = \"0.01kWh\"", "factor = 100", "point 1: key 'factor' is unknown; known here: name function"},
      {"unit = \"0.01kWh\"", "unit = \"0.01kWh\"\nstates = { 0 = \"open\" }", "point 1: energy_total: key 'states' has no meaning for energy_total"},
      {"unit = \"0.01kWh\"", "unit = \"0.01kWh\"\nscale = [\"power\"]", "point 1: energy_total: key 'scale' has to list points that are ratios or exponents"},
      {"unit = \"0.01kWh\"", "unit = \"0.01kWh\"\nscale = [\"current_ratio\"]", "point energy_total: key 'scale' names current_ratio, which is no point of this file"},
      {"1 = \"closed\"", "1 = \"shut\"", "point 2: relay: key 'states' has a state at 1 that relay cannot have"},
      {"1 = \"closed\"", "1 = \"full\"", "point 2: relay: key 'states' has a state at 1 that relay cannot have"},
      {"1 = \"closed\"", "0x0 = \"closed\"", "point 2: relay: key 'states' has the value 0x0 twice"},
      {"1 = \"closed\"", "one = \"closed\"", "point 2: relay: key 'states' has 'one', which is no number within the mask"},
      {"states = {", "mask = 1\nstates = { 2 = \"fault\", ", "point 2: relay: key 'states' has '2', which is no number within the mask"},
      {"type = \"u16\"", "type = \"i16\"", "point 2: relay: key 'type' of a state has to be bit, u16, u32, u48 or u64"},
  }};
  for (const auto& [part, other, rule] : changes) {
    CAPTURE(other);
    const std::string text = refusal(with(kSmall, part, other));
    CAPTURE(text);
    CHECK(text.starts_with("small.toml: " + rule));
  }
}

TEST_CASE("profile: an action says what proves it, and the proof has to prove it") {
  const std::array<std::tuple<std::string, std::string, std::string>, 12> changes{{
      {"name = \"trip\"", "name = \"cut\"", "action 1: key 'name' is 'cut', which is not one of trip, close"},
      {"verify = { point = \"relay\", state = \"open\" }", "", "action 1: trip: key 'verify' is missing: an acknowledgement is not a success"},
      {"state = \"open\" }", "state = \"closed\" }", "action 1: trip: key 'verify' does not prove trip"},
      {"state = \"open\" }", "state = \"moving\" }", "action 1: trip: key 'verify' does not prove trip"},
      {"point = \"relay\", state = \"open\"", "point = \"valve\", state = \"closed\"", "action trip: key 'verify' names a point that this file does not have"},
      {"{ 0 = \"open\", 1 = \"closed\" }", "{ 1 = \"closed\" }", "action trip: key 'verify' waits for a state that its point never has"},
      {"writes = [{ function = 6, address = 200, value = 0 }]", "writes = []", "action 1: trip: key 'writes' has to list at least one write"},
      {"function = 6, address = 200, value = 0", "function = 7, address = 200, value = 0", "action 1: trip: write 1: key 'function' has to be 5, 6, 15 or 16"},
      {"function = 6, address = 200, value = 0", "function = 5, address = 200, value = 2",
       "action 1: trip: write 1: key 'value' has to be a whole number from 0 to 1"},
      {"function = 6, address = 200, value = 0", "function = 6, address = 200", "action 1: trip: write 1: key 'value' is missing"},
      {"function = 6, address = 200, value = 0", "function = 16, address = 65535, values = [1, 2]",
       "action 1: trip: write 1: key 'address' has to be a whole number from 0 to 65534"},
      {"function = 6, address = 200, value = 0", "function = 16, address = 1, clock = \"clock_bcd\"", "action 1: trip: write 1: key 'clock' belongs to set_clock"},
  }};
  for (const auto& [part, other, rule] : changes) {
    CAPTURE(other);
    const std::string text = refusal(with(kSmall, part, other));
    CAPTURE(text);
    CHECK(text.starts_with("small.toml: " + rule));
  }
  const std::string valve = R"([[point]]
name = "valve"
function = 3
address = 7
type = "u16"
states = { 0 = "closed", 1 = "open" }
)";
  const std::string by_valve = with(kTrip, "point = \"relay\", state = \"open\"", "point = \"valve\", state = \"closed\"");
  CHECK(refusal(joined({kHead, kEnergy, valve, by_valve})) == "small.toml: action trip: key 'travel_s' is missing: say how long the valve takes");
  CHECK(parsed(joined({kHead, "travel_s = 5", kEnergy, valve, by_valve})).travel == base::seconds(5));
  CHECK(refusal(joined({kHead, "travel_s = 5", kEnergy, valve, with(by_valve, "closed", "open")})).starts_with("small.toml: action 1: trip: key 'verify' does not prove trip"));
}

TEST_CASE("profile: the writes of an action, one after the other, in every function") {
  const DeviceProfile profile = parsed(with(kSmall, "writes = [{ function = 6, address = 200, value = 0 }]",
                                            "writes = [{ function = 6, address = 1, value = 65535 }, { function = 5, address = 2, value = 1 },\n"
                                            "{ function = 15, address = 3, values = [1, 0, 1] }, { function = 16, address = 4, values = [7, 8] }, "
                                            "{ function = 16, address = 5, value = 9 }]"));
  const auto& writes = profile.actions.at(0).writes;
  REQUIRE(writes.size() == 5);
  CHECK(writes[0].request == modbus::Request(modbus::WriteRegister{1, 65535}));
  CHECK(writes[1].request == modbus::Request(modbus::WriteCoil{2, true}));
  CHECK(writes[2].request == modbus::Request(modbus::WriteCoils{3, {true, false, true}}));
  CHECK(writes[3].request == modbus::Request(modbus::WriteRegisters{4, {7, 8}}));
  CHECK(writes[4].request == modbus::Request(modbus::WriteRegisters{5, {9}}));
}

TEST_CASE("profile: one point and one action per name, and no more than a device can have") {
  CHECK(refusal(joined({kHead, kEnergy, kEnergy})) == "small.toml: point energy_total: key 'name' is there twice: one point per name");
  CHECK(refusal(joined({kSmall, kTrip})) == "small.toml: action trip: key 'name' is there twice: one action per name");
  std::string many = kHead;
  for (std::size_t i = 0; i <= kMostPoints; ++i) many += kEnergy;
  CHECK(refusal(many) == "small.toml: key 'point' has to be a list of at most 100");
  CHECK(refusal(std::string(kMostProfileBytes + 1, '#')) == "small.toml: has to be at most 64 KiB");
  CHECK(refusal(joined({kHead, "point = 5"})) == "small.toml: key 'point' has to be a list of at most 100");
  CHECK(refusal(joined({kHead, "point = [5]"})).starts_with("small.toml: point 1: key 'point' has to hold tables") == false);
  CHECK(refusal(joined({kHead, "point = [5]"})) == "small.toml: key 'point' has to hold tables");
}

TEST_CASE("profile: what each sort of point needs") {
  CHECK(refusal(with_point("name = \"alarms\"\nfunction = 3\naddress = 1\ntype = \"u16\"")) ==
        "small.toml: point 2: alarms: key 'bits' has to say which bit means what: { 0 = \"battery_low\" }");
  CHECK(refusal(with_point("name = \"alarms\"\nfunction = 3\naddress = 1\ntype = \"u16\"\nbits = { 16 = \"leak\" }")) ==
        "small.toml: point 2: alarms: key 'bits' has '16', which is no bit of the type: 0 is the lowest");
  CHECK(refusal(with_point("name = \"clock\"\nfunction = 3\naddress = 1\ntype = \"u16\"")).starts_with("small.toml: point 2: clock: key 'type' has to be one of clock_yyyy_first"));
  CHECK(refusal(with_point("name = \"pipe\"\nfunction = 3\naddress = 1\ntype = \"u16\"")).starts_with("small.toml: point 2: pipe: key 'states' has to say"));
  CHECK(refusal(with_point("name = \"battery\"\nfunction = 3\naddress = 1\ntype = \"u16\"\nunit = \"%\"")) == "taken");
  CHECK(refusal(with_point("name = \"battery\"\nfunction = 3\naddress = 1\ntype = \"u16\"\nunit = \"mV\"")) == "taken");
  CHECK(refusal(with_point("name = \"voltage_a\"\nfunction = 3\naddress = 1\ntype = \"u16\"\nunit = \"%\"")) ==
        "small.toml: point 2: voltage_a: key 'unit' is '%', which is no unit of voltage_a");
  CHECK(refusal(with_point("name = \"shoe_size\"\nfunction = 3")).starts_with("small.toml: point 2: key 'name' is 'shoe_size'"));
}

TEST_CASE("profile: a text that is no TOML is refused with its line") {
  const auto broken = parse_profile("small.toml", "name = \"a\"\nname = \"b\"\n");
  CHECK(broken.error().is(TomlErrc::bad_toml));
  CHECK(broken.error().where.starts_with("small.toml: line 2"));
  CHECK(parse_profile("small.toml", "day = 2026-11-22").error().is(TomlErrc::bad_toml));
  CHECK(parse_profile("small.toml", "[[point]").error().is(TomlErrc::bad_toml));
  CHECK(refusal("").starts_with("small.toml: key 'name' is missing"));
}

TEST_CASE("profiles: a name belongs to one file; which one is meant where there are two nobody knows, so neither is used") {
  const auto other = with(kSmall, "\"small\"", "\"other\"");
  const auto both = load_profiles({{"a.toml", kSmall}, {"b.toml", kSmall}, {"c.toml", other}});
  CHECK(both.refused == std::map<std::string, std::string>{{"small", "b.toml: key 'name' is 'small', which a.toml has, too: one file per name"}});
  REQUIRE(both.profiles.size() == 1);
  CHECK(both.profiles.contains("other"));
  CHECK(load_profiles({}).profiles.empty());
}

TEST_CASE("profiles: a broken file takes its own name out and no other, also where the name cannot be read any more") {
  const auto other = with(kSmall, "\"small\"", "\"other\"");
  const auto loaded = load_profiles({{"/etc/x/mine.toml", "name = "}, {"c.toml", other}, {"d.toml", with(kSmall, "\"One\"", "1")}});
  CHECK(loaded.profiles.size() == 1);
  REQUIRE(loaded.refused.size() == 2);
  CHECK(loaded.refused.at("mine").starts_with("/etc/x/mine.toml: line 1"));
  CHECK(loaded.refused.at("small").starts_with("d.toml: key 'model'"));
  // A broken copy of a good one: which is meant is not guessed.
  const auto copy = load_profiles({{"good.toml", kSmall}, {"small.toml", "x"}});
  CHECK(copy.profiles.empty());
  CHECK(copy.refused.contains("small"));
}

TEST_CASE("profiles: those that are shipped are read, and each is named like its file") {
  const auto texts = shipped_texts();
  REQUIRE(texts.size() >= 11);
  const auto profiles = load_profiles(texts);
  for (const auto& [name, why] : profiles.refused) MESSAGE(why);
  REQUIRE(profiles.refused.empty());
  for (const auto& [file, text] : texts) {
    CAPTURE(file);
    const auto profile = parse_profile(file, text);
    CHECK(profile->name + ".toml" == file);
    CHECK(text.starts_with("# "));  // says first what it is and where it is from
    CHECK(profile->source.size() > 10);
    // The orders come in pairs: what can be cut off can be restored.
    CHECK((profile->find(ActionName::trip) != nullptr) == (profile->find(ActionName::close) != nullptr));
  }
  CHECK_FALSE(profiles.profiles.at("anju-hot-water").confirmed);  // no maker's device has this map
}

}  // namespace anju::gateway
