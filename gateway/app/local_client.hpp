#pragma once

// Asks the running gateway of a data folder what its installer's page asks, on a socket there that only its user and root reach: a line has one owner, so
// what a verb wants of it goes through whoever runs. It needs neither the page nor its PIN.

#include <string>
#include <utility>

#include <boost/json/object.hpp>

#include "gateway/app/config.hpp"

namespace anju::gateway {

class LocalClient {
 public:
  /// Finds the running gateway and waits until it answers. Error: bad_config, `where` says what to do.
  [[nodiscard]] static base::Result<LocalClient> connect(const std::string& data_folder);

  struct Answer {
    int status = 0;
    std::string body;
    [[nodiscard]] bool is_good() const { return status == 200; }
  };
  /// Error: bad_config (it does not answer any more).
  [[nodiscard]] base::Result<Answer> get(const std::string& target) const;
  [[nodiscard]] base::Result<Answer> post(const std::string& target, const boost::json::object& body) const;

 private:
  explicit LocalClient(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] base::Result<Answer> ask(bool post, const std::string& target, const std::string& body) const;

  std::string path_;  ///< of its socket
};

/// `{"error": code, "where": …}` as a person reads it.
[[nodiscard]] std::string refusal_text(const LocalClient::Answer& answer);

}  // namespace anju::gateway
