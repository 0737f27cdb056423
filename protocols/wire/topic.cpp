#include "protocols/wire/topic.hpp"

#include <array>
#include <utility>

#include "protocols/wire/errc.hpp"

namespace anju::wire {
namespace {

constexpr std::string_view kPrefix = "anju/v1/";

/// What follows the gateway in a topic. live has the device behind it.
struct Tail {
  Channel channel;
  std::string_view text;
};
constexpr std::array<Tail, 7> kTails{{{Channel::state, "state"},
                                      {Channel::up, "up"},
                                      {Channel::live, "live"},
                                      {Channel::ack, "down/ack"},
                                      {Channel::command, "down/command"},
                                      {Channel::archive, "down/archive"},
                                      {Channel::access, "down/access"}}};

std::string_view tail_of(Channel channel) {
  for (const Tail& tail : kTails) {
    if (tail.channel == channel) return tail.text;
  }
  return {};
}

/// The text up to the next '/', which is taken away as well.
std::string_view take_level(std::string_view& text) {
  const std::size_t slash = text.find('/');
  const std::string_view level = text.substr(0, slash);
  text = slash == std::string_view::npos ? std::string_view{} : text.substr(slash + 1);
  return level;
}

}  // namespace

std::string format(const Topic& topic) {
  std::string text(kPrefix);
  text.append(topic.site.value).append("/").append(topic.gateway.value).append("/").append(tail_of(topic.channel));
  if (topic.channel == Channel::live) text.append("/").append(topic.device.value);
  return text;
}

base::Result<Topic> parse_topic(std::string_view text) {
  const auto refuse = [text] { return base::fail(Errc::bad_topic, std::string(text.substr(0, 100))); };
  if (!text.starts_with(kPrefix)) return refuse();
  std::string_view rest = text.substr(kPrefix.size());
  Topic topic;
  const std::string_view site = take_level(rest);
  const std::string_view gateway = take_level(rest);
  if (!base::is_id(site) || !base::is_id(gateway)) return refuse();
  topic.site = base::SiteId(std::string(site));
  topic.gateway = base::GatewayId(std::string(gateway));
  for (const Tail& tail : kTails) {
    if (tail.channel == Channel::live) {
      if (!rest.starts_with("live/") || !base::is_id(rest.substr(5))) continue;
      topic.device = base::DeviceId(std::string(rest.substr(5)));
    } else if (rest != tail.text) {
      continue;
    }
    topic.channel = tail.channel;
    return topic;
  }
  return refuse();
}

std::string platform_filter(std::string_view site, Channel channel) {
  std::string text(kPrefix);
  text.append(site).append("/+/").append(tail_of(channel));
  if (channel == Channel::live) text.append("/+");
  return text;
}

}  // namespace anju::wire
