#pragma once

// The running gateway's side of an upgrade: looks once a second at what the launcher wrote, and tells it when a trial has passed.

#include <functional>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/core/upgrade_report.hpp"
#include "gateway/releases/release_folder.hpp"

namespace anju::gateway {

class UpgradeWatch {
 public:
  /// facts: all but `state`, which is read here. alarm: appends to the stream.
  UpgradeWatch(boost::asio::io_context& io, std::function<UpgradeFacts()> facts, std::function<void(const wire::AlarmEvent&)> alarm);
  /// Does nothing where no launcher started this program.
  void start();
  /// Where there is no launcher: nothing.
  [[nodiscard]] const UpgradeBlocked& blocked() const { return blocked_; }

 private:
  void look();

  ReleaseFolder folder_;  ///< an empty path: there is no launcher
  int confirm_ = -1;      ///< descriptor; -1: this is no trial
  UpgradeReport report_;
  UpgradeBlocked blocked_;  ///< as the launcher said when it started this program
  UpgradeState state_;    ///< as it was read last
  std::function<UpgradeFacts()> facts_;
  std::function<void(const wire::AlarmEvent&)> alarm_;
  boost::asio::steady_timer timer_;
};

}  // namespace anju::gateway
