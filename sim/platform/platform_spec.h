// Every parameter of a platform. Values come from a preset, an experiment file and flags.
#pragma once

#include <map>
#include <string>

#include "sim/functions/lambda_spec.h"
#include "sim/hosts/compute.h"
#include "sim/hosts/machine_type.h"
#include "sim/network/network_spec.h"
#include "sim/storage/storage_spec.h"

namespace wukong {
class FieldVisitor;
}  // namespace wukong

namespace wukong::platform {

struct PlatformSpec {
  functions::LambdaSpec functions;
  network::NetworkSpec network;
  hosts::ComputeSpec compute;
  storage::RedisSpec redis;
  storage::S3Spec s3;
  storage::QueueSpec queue;
  std::map<std::string, hosts::MachineType> machines;

  void visit(FieldVisitor& v);
};

}  // namespace wukong::platform
