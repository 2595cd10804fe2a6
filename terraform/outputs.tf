output "name" {
  description = "Prefix of all resource names: `<prefix>-<environment>`."
  value       = local.name
}

output "api_url" {
  description = "Base URL of the HTTP API; null if `api_enabled` is false."
  value       = local.api_url
}

output "curl" {
  description = "Command that lists the clusters through the API, for curl 7.75 or later. It takes credentials from the environment."
  value = !var.api_enabled ? null : join(" ", concat(
    ["curl --fail-with-body -sS"],
    var.api_authorization == "JWT" ? ["-H \"authorization: Bearer $SLUICE_TOKEN\""] : [
      "--aws-sigv4 \"aws:amz:${local.region}:execute-api\"",
      "--user \"$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY\"",
      "-H \"x-amz-security-token: $AWS_SESSION_TOKEN\"",
    ],
    ["\"${local.api_url}${local.routes.httpApi.pathPrefix}clusters\""],
  ))
}

output "api_id" {
  description = "ID of the HTTP API."
  value       = one(aws_apigatewayv2_api.this[*].id)
}

output "api_execution_arn" {
  description = "Execution ARN of the HTTP API, for IAM policies."
  value       = one(aws_apigatewayv2_api.this[*].execution_arn)
}

output "api_read_policy" {
  description = "IAM policy (JSON) for callers who lint, plan and read: every GET, and the POST operations that change nothing."
  value = !var.api_enabled ? null : jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = ["execute-api:Invoke"]
      Resource = concat(
        ["${aws_apigatewayv2_api.this[0].execution_arn}/$default/GET${local.routes.httpApi.pathPrefix}*"],
        [for path in ["lint", "plan", "retention/plan"] : "${aws_apigatewayv2_api.this[0].execution_arn}/$default/POST${local.routes.httpApi.pathPrefix}${path}"],
      )
    }]
  })
}

output "api_write_policy" {
  description = "IAM policy (JSON) for callers who apply, roll back, and request runs and sweeps: the entire API."
  value = !var.api_enabled ? null : jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["execute-api:Invoke"]
      Resource = ["${aws_apigatewayv2_api.this[0].execution_arn}/$default/*${local.routes.httpApi.pathPrefix}*"]
    }]
  })
}

output "druid_read_policy" {
  description = "IAM policy (JSON) that allows Druid's tasks to read the landing buckets, for clusters with `object_access = \"s3\"`."
  value = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        { Effect = "Allow", Action = ["s3:ListBucket"], Resource = values(local.landing_arns) },
        { Effect = "Allow", Action = ["s3:GetObject"], Resource = local.data_objects },
      ],
      length(local.landing_key_arns) == 0 ? [] : [
        { Effect = "Allow", Action = ["kms:Decrypt"], Resource = local.landing_key_arns },
      ],
    )
  })
}

output "functions" {
  description = "Name, ARN, role and log group of each function."
  value = {
    for name in keys(local.functions) : name => {
      name           = aws_lambda_function.this[name].function_name
      arn            = aws_lambda_function.this[name].arn
      role_name      = aws_iam_role.function[name].name
      role_arn       = aws_iam_role.function[name].arn
      log_group_name = aws_cloudwatch_log_group.function[name].name
      log_group_arn  = aws_cloudwatch_log_group.function[name].arn
    }
  }
}

output "queues" {
  description = "URL and ARN of each queue and its dead-letter queue."
  value = {
    for key in keys(local.queues) : key => {
      url             = aws_sqs_queue.this[key].url
      arn             = aws_sqs_queue.this[key].arn
      dead_letter_url = aws_sqs_queue.dead_letter[key].url
      dead_letter_arn = aws_sqs_queue.dead_letter[key].arn
    }
  }
}

output "event_dead_letter_queue" {
  description = "URL and ARN of the queue for events that EventBridge could not deliver."
  value       = { url = aws_sqs_queue.event_dead_letter.url, arn = aws_sqs_queue.event_dead_letter.arn }
}

output "schedule_dead_letter_queue" {
  description = "URL and ARN of the queue for ticks that failed or could not be delivered."
  value       = { url = aws_sqs_queue.schedule_dead_letter.url, arn = aws_sqs_queue.schedule_dead_letter.arn }
}

output "event_bus" {
  description = "Name and ARN of the bus."
  value       = { name = local.bus_name, arn = local.resources["bus"][0] }
}

output "event_rule_arns" {
  description = "ARN of each EventBridge rule."
  value       = { for name, rule in aws_cloudwatch_event_rule.this : name => rule.arn }
}

output "schedule_arns" {
  description = "ARN of each schedule."
  value       = { for name, schedule in aws_scheduler_schedule.this : name => schedule.arn }
}

output "scheduler_role_arn" {
  description = "ARN of the role with which EventBridge Scheduler invokes the functions."
  value       = aws_iam_role.scheduler.arn
}

output "table" {
  description = "Name and ARN of the state table."
  value       = { name = aws_dynamodb_table.state.name, arn = aws_dynamodb_table.state.arn }
}

output "definitions_location" {
  description = "Where definition files are: `s3://bucket/prefix/`."
  value       = local.environment.SLUICE_DEFINITIONS
}

output "buckets" {
  description = "Name and ARN of each bucket, by the keys of `landing_buckets`, and of `definitions` if it has its own bucket."
  value       = { for key, name in local.bucket_names : key => { name = name, arn = "arn:${local.partition}:s3:::${name}" } }
}

output "bucket_notifications" {
  description = "Notifications that the owner of each bucket with `notification = \"external\"` has to configure. The queues already accept them."
  value = {
    for key, b in local.buckets : key => [
      for n in local.notifications : {
        id        = n.id
        bucket    = local.bucket_names[key]
        queue_arn = aws_sqs_queue.this[n.queue].arn
        queue_url = aws_sqs_queue.this[n.queue].url
        events    = n.events
        prefix    = n.prefix
        suffix    = n.suffix
        policy    = aws_sqs_queue_policy.this[n.queue].policy
      } if n.bucket == key
    ] if b.notification == "external"
  }
}

output "security_group_id" {
  description = "ID of the functions' security group, for ingress rules of Druid; null outside of a VPC."
  value       = one(aws_security_group.functions[*].id)
}

output "alarm_arns" {
  description = "ARN of each alarm."
  value       = { for name, alarm in aws_cloudwatch_metric_alarm.this : name => alarm.arn }
}

output "alarm_topic_arn" {
  description = "ARN of the SNS topic for `notify.email`; null without."
  value       = one(aws_sns_topic.notifications[*].arn)
}
