# One role per function. What the code calls comes from permissions.json; what Lambda itself needs on a function's behalf is
# added here.

locals {
  landing_arns  = { for key in keys(var.landing_buckets) : key => "arn:${local.partition}:s3:::${local.bucket_names[key]}" }
  has_presigned = anytrue([for c in values(var.clusters) : coalesce(c.object_access, "s3") == "presigned"])
  is_tagging    = coalesce(var.tagging, true)

  references = distinct(concat(
    [for c in values(var.clusters) : c.secret if c.secret != null],
    [for reference in values(var.definition_secrets) : split("#", reference)[0]],
  ))
  secret_arns = sort([for r in local.references : r if can(regex("^arn:[^:]+:secretsmanager:", r))])
  parameter_arns = sort([
    for r in local.references : startswith(r, "/") ? "arn:${local.partition}:ssm:${local.region}:${local.account_id}:parameter${r}" : r
    if !can(regex("^arn:[^:]+:secretsmanager:", r))
  ])

  definitions_bucket_arn = "arn:${local.partition}:s3:::${local.bucket_names[local.definitions_key]}"
  data_objects           = [for key, b in var.landing_buckets : "${local.landing_arns[key]}/${b.prefix}*"]

  # The names that permissions.json uses. A resource without ARNs makes no statement.
  resources = {
    "table"                 = [aws_dynamodb_table.state.arn]
    "index.due"             = ["${aws_dynamodb_table.state.arn}/index/due"]
    "index.runs"            = ["${aws_dynamodb_table.state.arn}/index/runs"]
    "bus"                   = ["arn:${local.partition}:events:${local.region}:${local.account_id}:event-bus/${local.bus_name}"]
    "definitionsBucket"     = [local.definitions_bucket_arn]
    "definitionsObjects"    = ["${local.definitions_bucket_arn}/${local.definitions_prefix}*"]
    "dataBuckets"           = values(local.landing_arns)
    "dataBucketsTagged"     = local.is_tagging ? values(local.landing_arns) : []
    "dataObjectsTagged"     = local.is_tagging ? local.data_objects : []
    "dataObjectsPresigned"  = local.has_presigned ? local.data_objects : []
    "secretsManagerSecrets" = local.secret_arns
    "ssmParameters"         = local.parameter_arns
  }

  landing_key_arns = distinct([for b in values(var.landing_buckets) : b.kms_key_arn if b.kms_key_arn != null])
  bucket_key_arns = distinct(concat(
    local.landing_key_arns,
    var.definitions.kms_key_arn == null ? [] : [var.definitions.kms_key_arn],
  ))

  queues_of = { for name in keys(local.functions) : name => [for key, q in local.queues : key if q.function == name] }

  # What AWS does in the name of a function: write its log, read its queue, hand over a failed tick, trace, join a VPC,
  # decrypt with a key that was given. Three of these know no resource or need a pattern: see README, "Wildcards".
  statements = {
    for name in keys(local.functions) : name => concat(
      [
        for resource in sort(keys(local.permissions[name])) : {
          Sid      = replace(title(replace(resource, ".", " ")), " ", "")
          Effect   = "Allow"
          Action   = local.permissions[name][resource]
          Resource = local.resources[resource]
        } if length(local.resources[resource]) > 0
      ],
      [{
        Sid      = "Log"
        Effect   = "Allow"
        Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
        Resource = ["${aws_cloudwatch_log_group.function[name].arn}:*"]
      }],
      length(local.queues_of[name]) == 0 ? [] : [{
        Sid      = "ReadQueue"
        Effect   = "Allow"
        Action   = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
        Resource = [for key in local.queues_of[name] : aws_sqs_queue.this[key].arn]
      }],
      !contains(local.scheduled_functions, name) ? [] : [{
        Sid      = "HandOverFailedTick"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [aws_sqs_queue.schedule_dead_letter.arn]
      }],
      !var.xray ? [] : [{
        Sid      = "Trace"
        Effect   = "Allow"
        Action   = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"]
        Resource = ["*"]
      }],
      var.network == null ? [] : [{
        Sid    = "JoinNetwork"
        Effect = "Allow"
        Action = [
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses",
        ]
        Resource = ["*"]
      }],
      var.table_kms_key_arn == null ? [] : [{
        Sid       = "UseTableKey"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
        Resource  = [var.table_kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "dynamodb.${local.region}.amazonaws.com" } }
      }],
      length(local.bucket_key_arns) == 0 ? [] : [{
        Sid       = "UseBucketKeys"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = local.bucket_key_arns
        Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
      }],
      var.queue_kms_key_arn == null || length(local.queues_of[name]) == 0 && !contains(local.scheduled_functions, name) ? [] : [{
        Sid       = "UseQueueKey"
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = [var.queue_kms_key_arn]
        Condition = { StringEquals = { "kms:ViaService" = "sqs.${local.region}.amazonaws.com" } }
      }],
      length(var.secret_kms_key_arns) == 0 ? [] : [{
        Sid      = "UseSecretKeys"
        Effect   = "Allow"
        Action   = ["kms:Decrypt"]
        Resource = sort(var.secret_kms_key_arns)
        Condition = { StringEquals = { "kms:ViaService" = [
          "secretsmanager.${local.region}.amazonaws.com",
          "ssm.${local.region}.amazonaws.com",
        ] } }
      }],
    )
  }
}

resource "aws_iam_role" "function" {
  for_each = local.functions

  name                 = "${local.name}-${each.key}"
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "function" {
  for_each = local.functions

  name   = "function"
  role   = aws_iam_role.function[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.statements[each.key] })
}
