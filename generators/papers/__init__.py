"""A campaign's facts and a form become a draft, a signed draft the final paper."""
