locals {
  api_function = local.routes.httpApi.function
  has_domain   = var.api_enabled && var.api_domain != null

  api_url = !var.api_enabled ? null : (
    local.has_domain ? "https://${var.api_domain.name}" : aws_apigatewayv2_api.this[0].api_endpoint
  )
}

resource "aws_apigatewayv2_api" "this" {
  count = var.api_enabled ? 1 : 0

  name                         = local.name
  description                  = "Sluice, environment ${var.environment}"
  protocol_type                = "HTTP"
  disable_execute_api_endpoint = local.has_domain
  tags                         = var.tags
}

resource "aws_apigatewayv2_integration" "gate" {
  count = var.api_enabled ? 1 : 0

  api_id             = aws_apigatewayv2_api.this[0].id
  integration_type   = "AWS_PROXY"
  integration_method = "POST"
  integration_uri    = aws_lambda_function.this[local.api_function].invoke_arn
  # The form that the function reads.
  payload_format_version = "2.0"
  # What an HTTP API waits at most; the function has to end before.
  timeout_milliseconds = 30000
}

resource "aws_apigatewayv2_authorizer" "jwt" {
  count = var.api_enabled && var.api_authorization == "JWT" ? 1 : 0

  api_id           = aws_apigatewayv2_api.this[0].id
  name             = "jwt"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    issuer   = var.api_jwt.issuer
    audience = var.api_jwt.audience
  }
}

resource "aws_apigatewayv2_route" "gate" {
  count = var.api_enabled ? 1 : 0

  api_id               = aws_apigatewayv2_api.this[0].id
  route_key            = "ANY ${local.routes.httpApi.pathPrefix}{proxy+}"
  target               = "integrations/${aws_apigatewayv2_integration.gate[0].id}"
  authorization_type   = var.api_authorization
  authorizer_id        = one(aws_apigatewayv2_authorizer.jwt[*].id)
  authorization_scopes = try(length(var.api_jwt.scopes) > 0 ? var.api_jwt.scopes : null, null)
}

resource "aws_apigatewayv2_stage" "default" {
  count = var.api_enabled ? 1 : 0

  api_id      = aws_apigatewayv2_api.this[0].id
  name        = "$default"
  auto_deploy = true
  tags        = var.tags

  default_route_settings {
    throttling_rate_limit    = var.api_throttling.rate
    throttling_burst_limit   = var.api_throttling.burst
    detailed_metrics_enabled = true
  }

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api[0].arn
    format = jsonencode({
      requestId        = "$context.requestId"
      time             = "$context.requestTime"
      sourceIp         = "$context.identity.sourceIp"
      caller           = "$context.identity.userArn"
      subject          = "$context.authorizer.claims.sub"
      method           = "$context.httpMethod"
      path             = "$context.path"
      status           = "$context.status"
      latency          = "$context.responseLatency"
      integrationError = "$context.integrationErrorMessage"
      error            = "$context.error.message"
    })
  }

  # The first deployment takes the route with it.
  depends_on = [aws_apigatewayv2_route.gate]
}

resource "aws_cloudwatch_log_group" "api" {
  count = var.api_enabled ? 1 : 0

  name              = "/aws/vendedlogs/${local.name}-api"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.log_kms_key_arn
  tags              = var.tags
}

resource "aws_lambda_permission" "api" {
  count = var.api_enabled ? 1 : 0

  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.this[local.api_function].function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this[0].execution_arn}/*/*${local.routes.httpApi.pathPrefix}*"
}

resource "aws_apigatewayv2_domain_name" "this" {
  count = local.has_domain ? 1 : 0

  domain_name = var.api_domain.name
  tags        = var.tags

  domain_name_configuration {
    certificate_arn = var.api_domain.certificate_arn
    endpoint_type   = "REGIONAL"
    security_policy = "TLS_1_2"
  }
}

resource "aws_apigatewayv2_api_mapping" "this" {
  count = local.has_domain ? 1 : 0

  api_id      = aws_apigatewayv2_api.this[0].id
  domain_name = aws_apigatewayv2_domain_name.this[0].id
  stage       = aws_apigatewayv2_stage.default[0].id
}

resource "aws_route53_record" "api" {
  count = local.has_domain ? (var.api_domain.hosted_zone_id == null ? 0 : 1) : 0

  zone_id = var.api_domain.hosted_zone_id
  name    = var.api_domain.name
  type    = "A"

  alias {
    name                   = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].target_domain_name
    zone_id                = aws_apigatewayv2_domain_name.this[0].domain_name_configuration[0].hosted_zone_id
    evaluate_target_health = false
  }
}
