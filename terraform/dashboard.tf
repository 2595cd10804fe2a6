# From top to bottom: is the data as fresh as it should be, do runs end well, does anything lag, do the functions work, and what
# do they cost.

locals {
  search_scope = "Environment=\"${var.environment}\""

  # One line per value of the dimensions, however many there are.
  by_cluster    = "{Sluice,Environment,Cluster} ${local.search_scope} MetricName="
  by_datasource = "{Sluice,Environment,Cluster,Datasource} ${local.search_scope} MetricName="
  by_reason     = "{Sluice,Environment,Cluster,Reason} ${local.search_scope} MetricName="

  log_source = "SOURCE '${aws_cloudwatch_log_group.function["poll"].name}' | "

  dashboard_rows = [
    {
      title = "Is every datasource as fresh as its definition says?"
      widgets = [
        {
          title   = "Stale datasources", view = "singleValue", stat = "Maximum", period = 300
          metrics = [["Sluice", "DatasourcesStale", "Environment", var.environment]]
        },
        {
          title   = "Age of the data, in per cent of its limit (listed datasources)", view = "timeSeries", limit = 100
          metrics = [[{ expression = "SEARCH('${local.by_datasource}\"DataAgeOfLimit\"', 'Maximum', 300)", id = "age", label = "" }]]
        },
        {
          title = "All datasources, the oldest first"
          query = "${local.log_source}filter ispresent(DataAge) | stats latest(DataAgeOfLimit) as percentOfLimit, latest(DataAge) as seconds, latest(Freshness) as expected by Cluster, Datasource | sort percentOfLimit desc | limit 100"
        },
      ]
    },
    {
      title = "Runs"
      widgets = [
        {
          title = "Runs by their end", view = "timeSeries"
          metrics = [
            for index, end in ["Available", "Failed", "Refused", "TimedOut", "RolledBack", "Cancelled", "Superseded"] :
            [{ expression = "SUM(SEARCH('${local.by_cluster}\"Runs${end}\"', 'Sum', 300))", id = "end${index}", label = end }]
          ]
        },
        {
          title   = "Reasons of unsuccessful runs", view = "timeSeries"
          metrics = [[{ expression = "SEARCH('${local.by_reason}\"RunsUnsuccessful\"', 'Sum', 300)", id = "reasons", label = "" }]]
        },
        {
          title = "Seconds from upload to available", view = "timeSeries"
          metrics = [
            for index, stat in ["p50", "p90", "Maximum"] :
            [{ expression = "SEARCH('${local.by_cluster}\"TimeToAvailable\"', '${stat}', 300)", id = "time${index}", label = stat }]
          ]
        },
        {
          title = "Rows", view = "timeSeries"
          metrics = [
            for index, name in ["RowsRead", "RowsUnparseable", "RowsThrownAway"] :
            [{ expression = "SUM(SEARCH('${local.by_cluster}\"${name}\"', 'Sum', 300))", id = "rows${index}", label = name }]
          ]
        },
      ]
    },
    {
      title = "Lag, clusters and streams"
      widgets = [
        {
          title = "Seconds that something waits", view = "timeSeries", stat = "Maximum", period = 60
          metrics = concat(
            [["Sluice", "OldestDueAge", "Environment", var.environment], ["Sluice", "OutboxAge", "Environment", var.environment]],
            [for key in keys(local.queues) : ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", aws_sqs_queue.this[key].name]],
          )
        },
        {
          title = "Due items", view = "timeSeries", stat = "Maximum", period = 60
          metrics = [
            ["Sluice", "DueItems", "Environment", var.environment],
            ["Sluice", "ItemsLeftOver", "Environment", var.environment],
          ]
        },
        {
          title = "Clusters", view = "timeSeries"
          metrics = [
            for index, series in [["OutageAge", "Maximum"], ["DruidCalls", "Sum"], ["DruidErrors", "Sum"]] :
            [{ expression = "SEARCH('${local.by_cluster}\"${series[0]}\"', '${series[1]}', 300)", id = "cluster${index}", label = series[0] }]
          ]
        },
        {
          title = "Streams", view = "timeSeries"
          metrics = [
            for index, series in [["SupervisorLag", "Maximum"], ["SupervisorsUnhealthy", "Sum"]] :
            [{ expression = "SEARCH('${local.by_cluster}\"${series[0]}\"', '${series[1]}', 900)", id = "stream${index}", label = series[0] }]
          ]
        },
      ]
    },
    {
      title = "Functions"
      widgets = [
        {
          title   = "Errors", view = "timeSeries", stat = "Sum", period = 300
          metrics = [for name in keys(local.functions) : ["AWS/Lambda", "Errors", "FunctionName", aws_lambda_function.this[name].function_name]]
        },
        {
          title   = "Duration, p95, milliseconds", view = "timeSeries", stat = "p95", period = 300
          metrics = [for name in keys(local.functions) : ["AWS/Lambda", "Duration", "FunctionName", aws_lambda_function.this[name].function_name]]
        },
        {
          title   = "Concurrent invocations", view = "timeSeries", stat = "Maximum", period = 60
          metrics = [for name in keys(local.functions) : ["AWS/Lambda", "ConcurrentExecutions", "FunctionName", aws_lambda_function.this[name].function_name]]
        },
        {
          title   = "Dead letters", view = "timeSeries", stat = "Maximum", period = 300
          metrics = [for name in values(local.dead_letter_queues) : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", name]]
        },
      ]
    },
    {
      title = "Cost drivers"
      widgets = [
        {
          title = "GB-seconds of the functions an hour", view = "timeSeries"
          metrics = concat(
            [for name, f in local.functions : [{ expression = "${name} / 1000 * ${f.memory_megabytes} / 1024", id = "${name}_gbs", label = name }]],
            [for name in keys(local.functions) : ["AWS/Lambda", "Duration", "FunctionName", aws_lambda_function.this[name].function_name, { id = name, stat = "Sum", period = 3600, visible = false }]],
          )
        },
        {
          title = "Units of the state table an hour", view = "timeSeries", stat = "Sum", period = 3600
          metrics = [
            ["AWS/DynamoDB", "ConsumedReadCapacityUnits", "TableName", aws_dynamodb_table.state.name],
            ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", aws_dynamodb_table.state.name],
          ]
        },
        {
          title   = "Bytes of logs an hour", view = "timeSeries", stat = "Sum", period = 3600
          metrics = [for name in keys(local.functions) : ["AWS/Logs", "IncomingBytes", "LogGroupName", aws_cloudwatch_log_group.function[name].name]]
        },
      ]
    },
  ]

  # A dashboard is 24 columns wide.
  dashboard_widgets = flatten([
    for row, r in local.dashboard_rows : concat(
      [{ type = "text", x = 0, y = row * 8, width = 24, height = 1, properties = { markdown = "## ${r.title}", background = "transparent" } }],
      [
        for column, w in r.widgets : {
          type   = can(w.query) ? "log" : "metric"
          x      = column * floor(24 / length(r.widgets))
          y      = row * 8 + 1
          width  = floor(24 / length(r.widgets))
          height = 7
          properties = { for key, value in {
            title       = w.title
            region      = local.region
            view        = can(w.query) ? "table" : w.view
            query       = try(w.query, null)
            metrics     = try(w.metrics, null)
            stat        = try(w.stat, null)
            period      = try(w.period, null)
            yAxis       = can(w.query) ? null : { left = { min = 0 } }
            annotations = try({ horizontal = [{ label = "limit", value = w.limit }] }, null)
          } : key => value if value != null }
        }
      ],
    )
  ])
}

resource "aws_cloudwatch_dashboard" "this" {
  count = var.dashboard_enabled ? 1 : 0

  dashboard_name = local.name
  dashboard_body = jsonencode({ widgets = local.dashboard_widgets })
}
