#pragma once

// 部门, 岗位, 角色, 用户 of an organisation, and the groups that its residents are put into (group A of the features). What roles and users
// are beyond their rows: platform/store/rules/people.cpp and platform/http/handlers/people.cpp.

#include "platform/catalog/resource.hpp"

namespace anju::platform::catalog {

extern const Resource kDepartments, kPosts, kRoles, kUsers, kUserGroups, kGroupMembers;

}  // namespace anju::platform::catalog
