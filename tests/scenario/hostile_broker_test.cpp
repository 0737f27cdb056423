#include <algorithm>

#include "tests/scenario/seeds.hpp"

namespace anju::scenario {
namespace {

/// Whoever owns the broker but no key: repeats, forges, moves messages between topics and gateways.
class Intruder {
 public:
  Intruder(World& world, std::uint64_t seed) : world_(world), dice_(seed * 77) {}

  void play() {
    world_.time().after(dice_.between(base::seconds(5), base::minutes(3)), [this] {
      strike();
      play();
    });
  }
  [[nodiscard]] std::int64_t strikes() const { return strikes_; }

 private:
  void strike() {
    const auto& heard = world_.broker().recorded();
    if (heard.empty()) return;
    ++strikes_;
    const Message& message = heard[static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(heard.size())))];
    Message forged = message;
    switch (dice_.below(6)) {
      case 0: break;  // a true message again, hours later
      case 1: flip(forged.payload); break;
      case 2: forged.topic = other_gateway(forged.topic); break;
      case 3: forged.topic = other_direction(forged.topic); break;
      case 4: forged = order(); break;
      default: forged.payload = forged.payload.substr(65); break;  // without its code
    }
    world_.broker().inject(forged.topic, forged.payload);
  }
  void flip(std::string& payload) {
    auto& c = payload[static_cast<std::size_t>(dice_.below(static_cast<std::int64_t>(payload.size())))];
    c = static_cast<char>(c ^ 1);
  }
  static std::string other_gateway(std::string topic) {
    const auto at = topic.find("gw-");
    topic[at + 3] = topic[at + 3] == '1' ? '2' : '1';
    return topic;
  }
  static std::string other_direction(const std::string& topic) {
    const std::string gateway = topic.substr(topic.find("gw-"), 4);
    const bool down = topic.find("/down/") != std::string::npos;
    return topic_of(gateway, down ? wire::Channel::up : wire::Channel::command);
  }
  Message order() {
    wire::Command command;
    command.id = base::CommandId("c" + std::to_string(strikes_) + "-9000000000000000");
    command.counter = 9'000'000'000'000'000;
    command.device = base::DeviceId("m" + std::to_string(dice_.between(1, 24)));
    command.kind = dice_.chance(500) ? wire::CommandKind::trip : wire::CommandKind::close;
    command.issued = world_.time().now();
    command.expires = world_.time().now() + base::hours(1);
    const std::string topic = topic_of(dice_.chance(500) ? "gw-1" : "gw-2", wire::Channel::command);
    const auto guessed = wire::derive_keys(std::string(64, 'b'));
    return {topic, wire::seal(guessed->down, topic, wire::encode(command))};
  }

  World& world_;
  Dice dice_;
  std::int64_t strikes_ = 0;
};

}  // namespace

TEST_CASE("scenario: forged, replayed and foreign messages change nothing") {
  (void)for_seeds(3, [](std::uint64_t seed, Tally& sum) {
    Climate climate;
    climate.supply = false;
    World calm(seed, climate);
    calm.run();
    check(calm, sum);

    World world(seed, climate);
    world.broker().record(true);
    Intruder intruder(world, seed);
    intruder.play();
    world.run();
    check(world, sum);
    CHECK(intruder.strikes() > 200);
    CHECK(world.platform().refused() > 10);
    CHECK(world.gateway(0).refused() > 10);
    CHECK(world.outcome() == calm.outcome());
  });
}

TEST_CASE("scenario: an intruder at the broker can neither cut a meter off nor close one") {
  (void)for_seeds(3, [](std::uint64_t seed, Tally& sum) {
    World world(seed, Climate{});
    world.broker().record(true);
    Intruder intruder(world, seed);
    intruder.play();
    world.run();
    check(world, sum);  // every switching is covered by a command of the platform's, and the contacts are as wanted
  });
}

}  // namespace anju::scenario
