#pragma once

// Asks the running gateway of a data folder what its installer's page asks, over the same address and with the same PIN: a line has one owner, so what
// a verb wants of it goes through whoever runs.

#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "gateway/app/config.hpp"

namespace anju::gateway {

class LocalClient {
 public:
  /// Finds the running gateway and logs in. Error: bad_config, `where` says what to do.
  [[nodiscard]] static base::Result<LocalClient> connect(const std::string& data_folder);

  struct Answer {
    int status = 0;
    std::string body;
    [[nodiscard]] bool is_good() const { return status == 200; }
  };
  /// Error: bad_config (it does not answer any more).
  [[nodiscard]] base::Result<Answer> get(const std::string& target);
  [[nodiscard]] base::Result<Answer> post(const std::string& target, const boost::json::object& body);
  /// Ends the session.
  void leave();

 private:
  [[nodiscard]] base::Result<Answer> ask(bool post, const std::string& target, const std::string& body);

  std::string host_, port_, cookie_;
};

/// `{"error": code, "where": …}` as a person reads it.
[[nodiscard]] std::string refusal_text(const LocalClient::Answer& answer);

}  // namespace anju::gateway
