#pragma once

// What is said to Mosquitto's dynamic security plugin about the gateways, and what it answers. Pure: payloads in and out.
// Source: mosquitto.org/documentation/dynamic-security, and what Mosquitto 2.0.11 of Debian 12 was seen to answer.

#include <string>
#include <string_view>
#include <vector>

namespace anju::platform {

inline constexpr std::string_view kControlTopic = "$CONTROL/dynamic-security/v1";
inline constexpr std::string_view kControlAnswers = "$CONTROL/dynamic-security/v1/response";

/// A gateway that has a key, and so a login at the broker: its code, and a password that follows from the key.
struct BrokerLogin {
  std::string site, gateway, password;
  auto operator<=>(const BrokerLogin&) const = default;
};

/// A client as the broker knows it.
struct BrokerClient {
  std::string user;
  std::string mark;  ///< its description; of ours mark_of(login)
  bool ours = false, disabled = false;
  std::vector<std::string> roles;
};

/// One line of a role: what may be done with which topics.
struct BrokerRight {
  std::string type, topic;
  bool allow = false;
  int priority = 0;
  auto operator<=>(const BrokerRight&) const = default;
};
struct BrokerRole {
  std::string name;
  std::vector<BrokerRight> rights;
};

/// All that a broker says of who may what.
struct BrokerKnows {
  std::vector<BrokerClient> clients;
  std::vector<BrokerRole> roles;
};

/// What tells whether the broker knows a login as it is: it cannot be asked for passwords. Says nothing about them.
[[nodiscard]] std::string mark_of(const BrokerLogin& login);

/// Asks for all clients and roles, in one message; so is the answer.
[[nodiscard]] std::string ask_what_broker_knows();

struct BrokerAnswer {
  bool understood = false;            ///< false: no answer of that plugin
  bool listed = false;                ///< `knows` is the whole of it
  BrokerKnows knows;
  std::vector<std::string> problems;  ///< "createClient: …", without what could be expected (a role that is there already)
};
/// Total: any bytes.
[[nodiscard]] BrokerAnswer read_broker_answer(std::string_view payload);

/// Gateways whose name a client has that somebody made by hand: they get no login.
[[nodiscard]] std::vector<std::string> made_by_hand(const std::vector<BrokerLogin>& wanted, const std::vector<BrokerClient>& known, std::string_view own);
/// Rights of the platform's own role that this version does not mean, each as "publishClientSend a/# (allow)"; also one that it means, given the other way
/// round. They are told, never taken: the platform may live from them, where its user is no administrator of the broker.
[[nodiscard]] std::vector<std::string> rights_by_hand(const BrokerKnows& known);
/// The commands that make the broker know these logins and nobody else of ours, as payloads of at most kMostCommands each; nothing when it does already.
/// Each login's own role has the rights that this version means and no others; what further roles or groups somebody gave its client stays. The platform's own
/// role is given what it lacks, and nothing is taken from it (rights_by_hand). Gateways without a login are disabled, not deleted: who looks at the broker sees that they were there. Clients that
/// people made stay as they are, also with the name of a gateway (made_by_hand): who may name a gateway may not take a login away. own: the platform's user, which gets the right to speak to gateways.
[[nodiscard]] std::vector<std::string> reconcile(const std::vector<BrokerLogin>& wanted, const BrokerKnows& known, std::string_view own);
inline constexpr std::size_t kMostCommands = 200;

}  // namespace anju::platform
