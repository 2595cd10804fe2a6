# The wiring of infra/events/routes.json and infra/sandbox/table.json, with nothing changed.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  function_zip = "versions.tf" # any file will do
  clusters     = { main = { url = "https://druid.example.com" } }
}

run "defaults" {
  command = apply

  assert {
    condition     = toset(keys(aws_lambda_function.this)) == toset(["follow", "gate", "generate", "poll", "retain", "submit"])
    error_message = "There are six functions."
  }

  assert {
    condition = alltrue([
      for name, f in aws_lambda_function.this :
      f.environment[0].variables.QUARKUS_FUNQY_EXPORT == name &&
      f.environment[0].variables.DISABLE_SIGNAL_HANDLERS == "true" &&
      f.runtime == "provided.al2023" && f.architectures == tolist(["arm64"]) &&
      f.memory_size == local.routes.functions[name].memoryMegabytes &&
      f.timeout == local.routes.functions[name].timeoutSeconds &&
      f.reserved_concurrent_executions == local.routes.functions[name].concurrency
    ])
    error_message = "Each function is one entry point of the same zip, sized as routes.json says."
  }

  assert {
    condition     = length(distinct([for f in aws_lambda_function.this : f.source_code_hash])) == 1
    error_message = "All functions have the same zip."
  }

  assert {
    condition     = length(distinct([for f in aws_lambda_function.this : f.role])) >= 1 && length(aws_iam_role.function) == 6
    error_message = "Each function has a role of its own."
  }

  assert {
    condition = alltrue([
      for key, q in local.routes.queues :
      aws_sqs_queue.this[trimprefix(key, "sluice-")].visibility_timeout_seconds >= q.visibilityTimeoutSeconds &&
      aws_sqs_queue.this[trimprefix(key, "sluice-")].visibility_timeout_seconds >= 6 * local.routes.functions[q.function].timeoutSeconds &&
      jsondecode(aws_sqs_queue_redrive_policy.this[trimprefix(key, "sluice-")].redrive_policy).maxReceiveCount == q.maxReceiveCount
    ])
    error_message = "Queues hide a message six times as long as a function may take, and give it up as routes.json says."
  }

  assert {
    condition = alltrue([
      for key, q in local.routes.queues :
      aws_lambda_event_source_mapping.queue[trimprefix(key, "sluice-")].batch_size == q.batchSize &&
      aws_lambda_event_source_mapping.queue[trimprefix(key, "sluice-")].maximum_batching_window_in_seconds == q.batchingWindowSeconds &&
      contains(aws_lambda_event_source_mapping.queue[trimprefix(key, "sluice-")].function_response_types, "ReportBatchItemFailures") &&
      aws_lambda_event_source_mapping.queue[trimprefix(key, "sluice-")].scaling_config[0].maximum_concurrency >= 2
    ])
    error_message = "Queues are read as routes.json says, and a message that fails comes again alone."
  }

  assert {
    condition = alltrue([
      for r in local.routes.eventRules :
      jsondecode(aws_cloudwatch_event_rule.this[r.name].event_pattern)["detail-type"] == r.detailTypes &&
      jsondecode(aws_cloudwatch_event_rule.this[r.name].event_pattern).source == [{ prefix = "/sluice/default/" }] &&
      aws_cloudwatch_event_target.this[r.name].input_path == "$.detail" &&
      aws_cloudwatch_event_target.this[r.name].target_id == trimprefix(r.queue, "sluice-")
    ])
    error_message = "Rules match source and detail-type and put the CloudEvent alone on the queue."
  }

  assert {
    condition = alltrue([
      for r in local.routes.invocations :
      jsondecode(aws_cloudwatch_event_rule.invocation[r.name].event_pattern)["detail-type"] == r.detailTypes &&
      jsondecode(aws_cloudwatch_event_rule.invocation[r.name].event_pattern).source == [{ prefix = "/sluice/default/" }] &&
      aws_cloudwatch_event_target.invocation[r.name].target_id == r.function &&
      aws_lambda_permission.invocation[r.name].principal == "events.amazonaws.com"
    ])
    error_message = "Rules invoke functions for the source and detail-types of routes.json."
  }

  assert {
    condition     = alltrue([for t in aws_cloudwatch_event_target.this : length(t.dead_letter_config) == 1])
    error_message = "What EventBridge cannot deliver is kept."
  }

  assert {
    condition = alltrue([
      for name, s in local.routes.schedules :
      aws_scheduler_schedule.this[name].schedule_expression == s.rate &&
      aws_scheduler_schedule.this[name].state == "ENABLED" &&
      length(aws_scheduler_schedule.this[name].target[0].dead_letter_config) == 1
    ])
    error_message = "Schedules tick as routes.json says."
  }

  assert {
    condition     = aws_scheduler_schedule.this["poll"].target[0].retry_policy[0].maximum_retry_attempts == 0 && aws_lambda_function_event_invoke_config.scheduled["poll"].maximum_retry_attempts == 0
    error_message = "A tick of poll that was missed is not made up for: the next comes within a minute."
  }

  assert {
    condition     = aws_apigatewayv2_route.gate[0].route_key == "ANY /v1/{proxy+}" && aws_apigatewayv2_route.gate[0].authorization_type == "AWS_IAM" && aws_apigatewayv2_integration.gate[0].payload_format_version == "2.0"
    error_message = "The API takes signed calls and hands them to gate in payload format 2.0."
  }

  assert {
    condition     = toset([for q in aws_s3_bucket_notification.this["landing"].queue : "${jsonencode(q.events)} ${q.filter_prefix}"]) == toset(["[\"s3:ObjectCreated:*\"] "])
    error_message = "The landing bucket tells of every new object."
  }

  assert {
    condition     = aws_s3_bucket_notification.this["definitions"].queue[0].filter_prefix == "definitions/"
    error_message = "The definitions bucket tells of definitions."
  }

  assert {
    condition = alltrue([
      for s in jsondecode(aws_sqs_queue_policy.this["generate"].policy).Statement :
      s.Condition.StringEquals["aws:SourceAccount"] == "123456789012" && s.Condition.ArnEquals["aws:SourceArn"] != null
      if s.Effect == "Allow"
    ])
    error_message = "Who puts on a queue is held to an ARN and an account."
  }

  assert {
    condition     = [for s in jsondecode(aws_sqs_queue_policy.this["submit"].policy).Statement : s.Principal if s.Effect == "Allow"] == [{ Service = "events.amazonaws.com" }]
    error_message = "Only the bus puts on the queue of submit."
  }

  assert {
    condition     = aws_dynamodb_table.state.hash_key == "pk" && aws_dynamodb_table.state.range_key == "sk" && aws_dynamodb_table.state.billing_mode == "PAY_PER_REQUEST"
    error_message = "The table's keys are those of table.json, and it is on demand."
  }

  assert {
    condition = toset([for i in aws_dynamodb_table.state.global_secondary_index : "${i.name} ${i.hash_key} ${i.range_key} ${i.projection_type}"]) == toset([
      for i in local.table.GlobalSecondaryIndexes : "${i.IndexName} ${i.KeySchema[0].AttributeName} ${i.KeySchema[1].AttributeName} ${i.Projection.ProjectionType}"
    ])
    error_message = "The table has the indexes of table.json."
  }

  assert {
    condition     = aws_dynamodb_table.state.ttl[0].attribute_name == "ttl" && aws_dynamodb_table.state.ttl[0].enabled && aws_dynamodb_table.state.point_in_time_recovery[0].enabled && aws_dynamodb_table.state.deletion_protection_enabled
    error_message = "The table forgets by ttl, can be restored, and refuses to be deleted."
  }

  assert {
    condition = aws_lambda_function.this["poll"].environment[0].variables == tomap({
      QUARKUS_FUNQY_EXPORT     = "poll"
      DISABLE_SIGNAL_HANDLERS  = "true"
      SLUICE_ENVIRONMENT       = "default"
      SLUICE_TABLE             = "sluice-default-state"
      SLUICE_BUS               = "sluice-default"
      SLUICE_DEFINITIONS       = "s3://sluice-default-definitions-123456789012/definitions/"
      SLUICE_VARIABLES         = "LANDING_BUCKET"
      LANDING_BUCKET           = "sluice-default-landing-123456789012"
      SLUICE_BUCKET_OWNERS     = "sluice-default-definitions-123456789012=123456789012,sluice-default-landing-123456789012=123456789012"
      SLUICE_CLUSTERS_MAIN_URL = "https://druid.example.com"
    })
    error_message = "Where nothing is set the functions' own defaults hold, so the environment has only what they cannot know."
  }

  assert {
    condition     = alltrue([for b in aws_s3_bucket_public_access_block.this : b.block_public_acls && b.block_public_policy && b.ignore_public_acls && b.restrict_public_buckets])
    error_message = "No bucket is public."
  }

  assert {
    condition     = keys(aws_s3_bucket_versioning.this) == ["definitions"]
    error_message = "Definitions keep their earlier versions."
  }

  assert {
    condition     = alltrue([for q in aws_sqs_queue.this : q.sqs_managed_sse_enabled])
    error_message = "Queues are encrypted."
  }

  assert {
    condition     = strcontains(output.curl, "--aws-sigv4 \"aws:amz:eu-central-1:execute-api\"") && endswith(output.curl, "/v1/clusters\"")
    error_message = "The curl signs its call."
  }

  assert {
    condition     = length(aws_security_group.functions) == 0 && length(aws_sns_topic.notifications) == 0 && length(aws_apigatewayv2_domain_name.this) == 0
    error_message = "What nobody asked for is not made."
  }
}

run "policies_have_no_wildcard_resource" {
  command = apply

  assert {
    condition = alltrue(flatten([
      for p in aws_iam_role_policy.function : [
        for s in jsondecode(p.policy).Statement : [for r in flatten([s.Resource]) : r != "*"]
      ]
    ]))
    error_message = "Without X-Ray and VPC no statement is about every resource."
  }

  assert {
    condition = alltrue(flatten([
      for p in aws_iam_role_policy.function : [
        for s in jsondecode(p.policy).Statement : [for a in flatten([s.Action]) : !endswith(a, "*")]
      ]
    ]))
    error_message = "Without a key of one's own no action has a wildcard."
  }

  assert {
    condition     = !strcontains(aws_iam_role_policy.function["generate"].policy, "secretsmanager") && !strcontains(aws_iam_role_policy.function["submit"].policy, "s3:GetObject")
    error_message = "Without secrets and presigned access nobody may read them, nor data."
  }

  assert {
    condition = alltrue([
      for name, p in aws_iam_role_policy.function : strcontains(p.policy, "s3:PutObjectTagging") == (name == "follow")
    ])
    error_message = "Only follow tags objects."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.scheduler.policy).Statement[0].Action == ["lambda:InvokeFunction"] && length(jsondecode(aws_iam_role_policy.scheduler.policy).Statement[0].Resource) == 2
    error_message = "The scheduler invokes the two scheduled functions alone."
  }
}
