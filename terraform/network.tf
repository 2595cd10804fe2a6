locals {
  cluster_urls = var.network == null ? [] : flatten([
    for c in values(var.clusters) : [for url in [c.url, c.overlord_url, c.coordinator_url] : url if url != null]
  ])

  # The port that a URL names, or its scheme's.
  druid_ports = sort(distinct([
    for url in local.cluster_urls : try(regex("^https?://[^/:]+:([0-9]+)", url)[0], startswith(url, "https") ? "443" : "80")
  ]))

  druid_egress = var.network == null ? {} : {
    for pair in setproduct(local.druid_ports, var.network.druid_cidr_blocks) : "${pair[1]} ${pair[0]}" => { port = pair[0], cidr = pair[1] }
  }
}

resource "aws_security_group" "functions" {
  count = var.network == null ? 0 : 1

  name        = "${local.name}-functions"
  description = "Sluice, environment ${var.environment}: what the functions reach"
  vpc_id      = var.network.vpc_id
  tags        = merge(var.tags, { Name = "${local.name}-functions" })
}

resource "aws_vpc_security_group_egress_rule" "aws" {
  count = var.network == null ? 0 : 1

  security_group_id = aws_security_group.functions[0].id
  description       = "AWS, by NAT or by endpoints"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "0.0.0.0/0"
  tags              = var.tags
}

resource "aws_vpc_security_group_egress_rule" "druid" {
  for_each = local.druid_egress

  security_group_id = aws_security_group.functions[0].id
  description       = "Druid"
  ip_protocol       = "tcp"
  from_port         = each.value.port
  to_port           = each.value.port
  cidr_ipv4         = each.value.cidr
  tags              = var.tags
}
