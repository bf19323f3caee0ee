// The words of the event record, as the oracle's checks use them.
#pragma once

#include "bench/run_record/run_record.h"

namespace wukong::oracle {

using run_record::Answered;
using run_record::Asked;
using run_record::CallBegan;
using run_record::Called;
using run_record::Ends;
using run_record::Event;
using run_record::Evicted;
using run_record::FlowAsked;
using run_record::FlowBegan;
using run_record::FlowEnded;
using run_record::FunctionAdded;
using run_record::Preloaded;
using run_record::Prewarmed;
using run_record::Provisioned;
using run_record::Rental;
using run_record::Request;
using run_record::ResourceAdded;
using run_record::ResourceRemoved;
using run_record::Resumed;
using run_record::RunRecord;
using run_record::Service;
using run_record::Shard;
using run_record::StoreMade;
using run_record::Subscribed;
using run_record::TaskRun;

}  // namespace wukong::oracle
