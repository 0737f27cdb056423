#pragma once

// Performs what gateway/core/upgrade_order.hpp decides: looks once a second at archive, folder and launcher, and has the file fetched.

#include <functional>
#include <optional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/app/fetch_child.hpp"
#include "gateway/core/upgrade_order.hpp"
#include "gateway/releases/release_folder.hpp"
#include "protocols/wire/down.hpp"

namespace anju::gateway {

class OrderedUpgrade {
 public:
  /// archive: the one that counts, null: none yet. changed: progress() is another one.
  OrderedUpgrade(boost::asio::io_context& io, std::function<const wire::Archive*()> archive, std::function<void()> changed);
  void start();
  [[nodiscard]] std::optional<wire::UpgradeProgress> progress() const;

 private:
  void look();
  [[nodiscard]] OrderFacts facts();
  void perform(const OrderActions& actions);

  ReleaseFolder folder_;  ///< an empty path: there is no launcher
  UpgradeOrders orders_;
  UpgradeState state_;    ///< as it was read last
  FetchChild child_;
  std::function<const wire::Archive*()> archive_;
  std::function<void()> changed_;
  base::UtcMillis changed_at_;
  bool unkept_ = false;
  boost::asio::steady_timer timer_;
};

}  // namespace anju::gateway
