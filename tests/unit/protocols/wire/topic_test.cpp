#include "protocols/wire/topic.hpp"

#include <doctest/doctest.h>

#include "protocols/wire/errc.hpp"

using namespace anju;
using namespace anju::wire;

TEST_CASE("topic: every channel is written and read back") {
  struct Row {
    Channel channel;
    const char* device;
    const char* text;
  };
  for (const Row& row :
       {Row{Channel::state, "", "anju/v1/garden/gw-1/state"}, Row{Channel::up, "", "anju/v1/garden/gw-1/up"},
        Row{Channel::live, "m_7", "anju/v1/garden/gw-1/live/m_7"},
        Row{Channel::ack, "", "anju/v1/garden/gw-1/down/ack"},
        Row{Channel::command, "", "anju/v1/garden/gw-1/down/command"},
        Row{Channel::archive, "", "anju/v1/garden/gw-1/down/archive"},
        Row{Channel::access, "", "anju/v1/garden/gw-1/down/access"}}) {
    CAPTURE(row.text);
    const Topic topic{base::SiteId("garden"), base::GatewayId("gw-1"), row.channel, base::DeviceId(row.device)};
    CHECK(format(topic) == row.text);
    const auto parsed = parse_topic(row.text);
    REQUIRE(parsed);
    CHECK(*parsed == topic);
  }
}

TEST_CASE("topic: what is not ours is refused") {
  for (const char* text : {"", "anju", "anju/v1/", "anju/v1/garden", "anju/v1/garden/gw-1", "anju/v1/garden/gw-1/",
                           "anju/v2/garden/gw-1/up", "anju/v1/garden/gw-1/up/", "anju/v1/garden/gw-1/down",
                           "anju/v1/garden/gw-1/live", "anju/v1/garden/gw-1/live/", "anju/v1/garden/gw-1/live/a/b",
                           "anju/v1/+/gw-1/up", "anju/v1//gw-1/up", "anju/v1/garden//up", "x/anju/v1/g/w/up"}) {
    CAPTURE(text);
    const auto parsed = parse_topic(text);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().is(wire::Errc::bad_topic));
  }
}

TEST_CASE("topic: a platform subscribes to one site or to all") {
  CHECK(platform_filter("garden", Channel::up) == "anju/v1/garden/+/up");
  CHECK(platform_filter("+", Channel::live) == "anju/v1/+/+/live/+");
  CHECK(platform_filter("garden", Channel::state) == "anju/v1/garden/+/state");
}
